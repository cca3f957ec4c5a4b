package io.vitallyrelay.demo;

import io.vitallyrelay.cli.CommandException;
import java.io.File;
import java.io.IOException;

/** A JMS broker in a process of its own, which ends by itself when this program does. Its jars are not the service's. */
record BrokerProcess(Process process, String url) {
    private static final String READY = "broker ready ";

    /** @return a broker that listens, with empty queues */
    static BrokerProcess start(Installation installation, DemoFolder folder) throws IOException, CommandException {
        Process process = new ProcessBuilder(
                        installation.java(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder.path(),
                        "-cp",
                        installation.demoJars() + File.pathSeparator + installation.classPath(),
                        "io.vitallyrelay.sandbox.BrokerMain",
                        folder.path().resolve("broker").toString())
                .redirectError(folder.path().resolve("broker.log").toFile())
                .start();
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroy();
            throw new CommandException("the broker did not start");
        }
        return new BrokerProcess(process, line.substring(READY.length()));
    }
}
