package io.vitallyrelay;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SysProperties;
import org.h2.tools.Server;

/** H2's server for databases in this process, which would else listen on all addresses of the machine. */
public final class LoopbackH2 {
    private static final String LOOPBACK = "127.0.0.1";

    private LoopbackH2() {}

    /**
     * A server on a free port, which listens.
     *
     * @param options of H2's server
     * @throws IllegalStateException where H2 was used in this process before it could be told where to listen
     */
    public static Server start(String... options) throws SQLException {
        // the build sets it too; H2 reads it once
        System.setProperty("h2.bindAddress", LOOPBACK);
        if (!LOOPBACK.equals(SysProperties.BIND_ADDRESS)) {
            throw new IllegalStateException(
                    "H2 listens on all addresses: run the tests with -Dh2.bindAddress=" + LOOPBACK);
        }
        List<String> all = new ArrayList<>(List.of("-tcpPort", "0"));
        all.addAll(List.of(options));
        return Server.createTcpServer(all.toArray(String[]::new)).start();
    }
}
