package io.vitallyrelay.sample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A file {@code sample.*} in the folder of an integration: one for each kind of source that the integration has. */
public record Sample(String integration, Path file) {

    /** What a sample is made for. The name of its file tells, so that nothing else has to. */
    public enum Kind {
        /** {@code sample.<ending>}: a file, to be dropped into the inbox. */
        FILE(""),
        /** {@code sample.queue.jsonl}: a JMS message in each line. */
        QUEUE(".queue"),
        /** {@code sample.sql}: statements that make a table and its rows. */
        TABLE("");

        private final String infix;

        Kind(String infix) {
            this.infix = infix;
        }

        private static Kind of(String name) {
            if (name.equals("sample.queue.jsonl")) {
                return QUEUE;
            }
            return name.equals("sample.sql") ? TABLE : FILE;
        }
    }

    /** The samples of all integrations, by name. */
    public static List<Sample> in(Path routes) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (DirectoryStream<Path> integrations = Files.newDirectoryStream(routes, Files::isDirectory)) {
            for (Path integration : integrations) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(integration, "sample.*")) {
                    files.forEach(file ->
                            samples.add(new Sample(integration.getFileName().toString(), file)));
                }
            }
        }
        samples.sort(Comparator.comparing(Sample::file));
        return samples;
    }

    public Kind kind() {
        return Kind.of(file.getFileName().toString());
    }

    /** The messages it must become: {@code expected.jsonl}, or {@code expected.queue.jsonl} for a queue. */
    public Path expected() {
        return file.resolveSibling("expected" + kind().infix + ".jsonl");
    }

    /** What of it must be refused. The file is absent where nothing is. */
    public Path expectedDeadLetters() {
        return file.resolveSibling("expected-dead-letters" + kind().infix + ".jsonl");
    }

    /** Such as {@code accounts-csv/sample.csv}. */
    @Override
    public String toString() {
        return integration + "/" + file.getFileName();
    }
}
