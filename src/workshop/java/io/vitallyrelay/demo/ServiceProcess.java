package io.vitallyrelay.demo;

import io.vitallyrelay.cli.CommandException;
import io.vitallyrelay.cli.ServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The service in a process of its own, with settings for a demo. */
record ServiceProcess(Process process, ServiceClient client) {

    /**
     * @param wanted a port of this machine, or 0 for any that is free
     * @throws CommandException if the wanted one is taken or is none
     */
    static int freePort(int wanted) throws CommandException {
        try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("port " + wanted + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** @param sources options that tell it where the sources of the samples are */
    static ServiceProcess start(
            Installation installation,
            DemoFolder folder,
            SandboxProcess sandbox,
            BrokerProcess broker,
            String token,
            int port,
            List<String> sources)
            throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx256m",
                "-Djava.io.tmpdir=" + folder.path(),
                "-Dvitally.url=" + sandbox.url(),
                "-Dvitally.token=" + token,
                "-Dvitally.batch.window=1s",
                "-Drelay.jms.url=" + broker.url(),
                "-Drelay.data=" + folder.data(),
                "-Drelay.routes=" + installation.routes(),
                "-Drelay.shutdown.grace=2s",
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port));
        options.addAll(sources);
        ProcessBuilder builder = new ProcessBuilder(installation.service(options))
                // not the caller's: settings of the real service may lie there
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(VITALLY|RELAY|QUARKUS|CAMEL)_.*"));
        return new ServiceProcess(builder.start(), new ServiceClient(URI.create("http://127.0.0.1:" + port)));
    }
}
