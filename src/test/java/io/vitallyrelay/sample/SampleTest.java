package io.vitallyrelay.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "sample.csv, FILE, expected.jsonl, expected-dead-letters.jsonl",
        "sample.jsonl.gz, FILE, expected.jsonl, expected-dead-letters.jsonl",
        "sample.queue.jsonl, QUEUE, expected.queue.jsonl, expected-dead-letters.queue.jsonl",
        "sample.sql, TABLE, expected.jsonl, expected-dead-letters.jsonl",
    })
    void tellsByItsNameWhatItIsForAndWhatItBecomes(String name, Sample.Kind kind, String expected, String dead) {
        // When
        Sample sample = new Sample("users", folder.resolve(name));

        // Then
        assertThat(sample.kind()).isEqualTo(kind);
        assertThat(sample.expected()).isEqualTo(folder.resolve(expected));
        assertThat(sample.expectedDeadLetters()).isEqualTo(folder.resolve(dead));
    }

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }
}
