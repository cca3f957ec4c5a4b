package io.vitallyrelay.demo;

import io.vitallyrelay.cli.CommandException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.h2.tools.Server;

/** A database in memory, for the tables of the samples: on this machine alone, for whoever knows its password. */
final class DemoDatabase implements AutoCloseable {
    private static final String USER = "demo";

    private final String password;
    /** Keeps the database, which is gone with its last connection. */
    private final Connection connection;

    private final Server server;

    private DemoDatabase(String password, Connection connection, Server server) {
        this.password = password;
        this.connection = connection;
        this.server = server;
    }

    static DemoDatabase start(String password) throws CommandException {
        System.setProperty("h2.bindAddress", "127.0.0.1");
        try {
            // made here, and not by the first who asks the server for it
            Connection connection = DriverManager.getConnection("jdbc:h2:mem:demo", USER, password);
            return new DemoDatabase(
                    password,
                    connection,
                    Server.createTcpServer("-tcpPort", "0").start());
        } catch (SQLException e) {
            throw new CommandException("the database of the demo cannot start: " + e.getMessage(), e);
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, password);
    }

    /** For the service. */
    List<String> options() {
        return List.of(
                "-Drelay.datasource.main.url=" + url(),
                "-Drelay.datasource.main.user=" + USER,
                "-Drelay.datasource.main.password=" + password);
    }

    private String url() {
        return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/mem:demo";
    }

    @Override
    public void close() {
        server.stop();
        try {
            connection.close();
        } catch (SQLException e) {
            // it ends with this program
        }
    }
}
