package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    @TempDir
    private Path folder;

    @Test
    void isTheFileOfThatNameInTheFolderOfAnIntegration() throws IOException {
        // Given
        write("routes/users/sample.jsonl");
        write("routes/users/expected.jsonl");
        write("routes/users/old/sample.csv");
        write("routes/accounts/sample.csv.gz");
        write("routes/nothing/README.md");
        write("routes/sample.csv");

        // When
        List<Sample> samples = Sample.in(folder.resolve("routes"));

        // Then
        assertThat(samples)
                .containsExactly(
                        new Sample("accounts", folder.resolve("routes/accounts/sample.csv.gz")),
                        new Sample("users", folder.resolve("routes/users/sample.jsonl")));
    }

    @Test
    void dropsACopyAndNothingElse() throws IOException {
        // Given
        Sample sample = new Sample("users", write("routes/users/sample.csv"));
        Path inbox = Files.createDirectories(folder.resolve("data/inbox/users"));

        // When
        sample.drop(folder.resolve("data"));

        // Then
        try (Stream<Path> dropped = Files.list(inbox)) {
            assertThat(dropped)
                    .singleElement()
                    .satisfies(
                            file -> assertThat(file).hasFileName("sample.csv").hasSameBinaryContentAs(sample.file()));
        }
    }

    @Test
    void isUnreadWhileItsCopyIsInTheInbox() throws IOException {
        // Given
        Sample sample = new Sample("users", write("routes/users/sample.csv"));
        Path inbox = Files.createDirectories(folder.resolve("data/inbox/users"));
        sample.drop(folder.resolve("data"));
        boolean before = sample.unread(folder.resolve("data"));

        // When
        Files.delete(inbox.resolve("sample.csv"));

        // Then
        assertThat(List.of(before, sample.unread(folder.resolve("data")))).containsExactly(true, false);
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
