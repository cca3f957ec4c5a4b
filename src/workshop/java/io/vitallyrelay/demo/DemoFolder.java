package io.vitallyrelay.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder for all that a demo writes. */
record DemoFolder(Path path) {

    static DemoFolder create() throws IOException {
        return new DemoFolder(Files.createTempDirectory("vitally-relay-demo-").toRealPath());
    }

    Path data() {
        return path.resolve("data");
    }

    /** What the service says. */
    Path log() {
        return path.resolve("service.log");
    }

    /** The last lines of the log, for an error message. */
    String tailOfLog(int lines) {
        try {
            List<String> log = Files.readAllLines(log());
            return String.join("\n", log.subList(Math.max(0, log.size() - lines), log.size()));
        } catch (IOException e) {
            return "(its log cannot be read: " + e + ")";
        }
    }

    void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("relay: cannot remove " + path + ": " + e);
        }
    }
}
