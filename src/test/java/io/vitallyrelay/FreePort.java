package io.vitallyrelay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that binds it later, and again after a restart. It is below those that systems give to outgoing connections
 * (from 32768 on, on Linux), one of which could have it by then.
 */
public final class FreePort {
    private static final int FIRST = 15_000;
    private static final int LAST = 30_000;
    private static final int TRIES = 100;

    private FreePort() {}

    public static int find() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
        throw new AssertionError("no port is free from " + FIRST + " to " + LAST);
    }
}
