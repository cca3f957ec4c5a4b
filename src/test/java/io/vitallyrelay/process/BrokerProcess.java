package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.FreePort;
import io.vitallyrelay.sandbox.BrokerMain;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own, which can be killed and started again with the messages it had, at the same port. */
final class BrokerProcess implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;

    /** Not started yet. */
    BrokerProcess(Path folder) {
        this.folder = folder;
        this.port = FreePort.find();
    }

    BrokerProcess start() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BrokerMain.class.getName(),
                        folder.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .start();
        process = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        StringBuilder output = new StringBuilder();
        var lines = started.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            output.append(line).append('\n');
            if (line.startsWith("broker ready ")) {
                new Thread(() -> lines.lines().forEach(ignored -> {})).start();
                return this;
            }
        }
        throw new AssertionError("the broker did not start:\n" + output);
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    String amqpUrl() {
        return "amqp://127.0.0.1:" + port;
    }

    void kill9() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor()).isNotZero();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }
}
