package io.vitallyrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What stands in a folder of an integration for its test. */
record IntegrationFolder(Path path) {

    static List<IntegrationFolder> below(Path routes) throws IOException {
        try (Stream<Path> folders = Files.list(routes)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(IntegrationFolder::new)
                    .toList();
        }
    }

    String name() {
        return path.getFileName().toString();
    }

    Path sample() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> samples = files.filter(
                            file -> file.getFileName().toString().startsWith("sample."))
                    .toList();
            assertThat(samples)
                    .as("%s needs one file sample.<ending>, which its route takes", path)
                    .hasSize(1);
            return samples.get(0);
        }
    }

    List<String> expected() throws IOException {
        Path file = path.resolve("expected.jsonl");
        assertThat(file)
                .as("%s needs a file expected.jsonl with the messages that the sample becomes", path)
                .exists();
        return lines(file);
    }

    /** None where the file is absent. */
    List<String> expectedDeadLetters() throws IOException {
        Path file = path.resolve("expected-dead-letters.jsonl");
        return Files.exists(file) ? lines(file) : List.of();
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }
}
