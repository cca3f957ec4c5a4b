package io.vitallyrelay.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.cli.CommandException;
import io.vitallyrelay.cli.ServiceClient;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;

/** A sandbox in a process of its own, which ends by itself when this program does. */
record SandboxProcess(Process process, URI url) {
    private static final String READY = "sandbox ready ";

    /** @return a sandbox that listens */
    static SandboxProcess start(Installation installation, String token) throws IOException, CommandException {
        Process process = new ProcessBuilder(
                        installation.java(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        installation.classPath(),
                        "io.vitallyrelay.sandbox.SandboxMain",
                        "--token",
                        token)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroy();
            throw new CommandException("the sandbox did not start");
        }
        return new SandboxProcess(process, URI.create(line.substring(READY.length())));
    }

    Seen seen() throws CommandException, InterruptedException {
        return new Seen(new ServiceClient(url).get("/counts", JsonNode.class));
    }

    /** The sandbox's own counts. */
    record Seen(JsonNode counts) {
        long accepted() {
            return counts.path("messages").asLong();
        }

        @Override
        public String toString() {
            String answers = counts.path("requestsByStatus").properties().stream()
                    .map(Map.Entry::toString)
                    .collect(Collectors.joining(", "));
            return "%d messages accepted, %d of them distinct, in %d batches of at most %d; answers by status: %s"
                    .formatted(
                            accepted(),
                            counts.path("distinct").asLong(),
                            counts.path("batches").asLong(),
                            counts.path("largestBatch").asLong(),
                            answers.isEmpty() ? "none" : answers);
        }
    }
}
