package io.vitallyrelay.sandbox;

import java.io.OutputStream;
import java.nio.file.Path;

/**
 * The broker as a process: {@code FOLDER [PORT]}. Prints one line, {@code broker ready <url>}, once it listens, and ends when
 * its standard input does, so that it never outlives the program that started it.
 */
public final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws Exception {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: FOLDER [PORT]");
            System.exit(2);
        }
        try (Broker broker = Broker.start(Path.of(args[0]), args.length == 2 ? Integer.parseInt(args[1]) : 0)) {
            System.out.println("broker ready " + broker.url());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
