package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
    @TempDir
    private Path folder;

    private Path file(String escaped) {
        return Path.of(URI.create(folder.toUri() + escaped));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a.csv, a.csv",
        "%C3%9Cbersicht.csv, Übersicht.csv",
        "%DCbersicht.csv, Übersicht.csv",
        "a%20b%25.csv, a b%.csv"
    })
    void isReadAsUtf8OrElseAsLatin1(String escaped, String name) {
        // When
        String read = FileName.of(file(escaped));

        // Then
        assertThat(read).isEqualTo(name);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"a.csv", "%C3%9Cbersicht.csv", "%DCbersicht.csv"})
    void isFoundAgain(String escaped) throws Exception {
        // Given
        Path file = Files.createFile(file(escaped));

        // When
        boolean exists = FileName.exists(folder.resolve("another.csv"), FileName.of(file));

        // Then
        assertThat(exists).isTrue();
    }

    @Test
    void isNotFoundWhereThereIsNone() {
        // When
        boolean exists = FileName.exists(folder.resolve("another.csv"), "Übersicht.csv");

        // Then
        assertThat(exists).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"o.jsonl.gz, o-1.jsonl.gz", "noext, noext-1", ".a.csv, .a-1.csv"})
    void takesASuffixBeforeItsFirstDot(String name, String with) {
        // When
        Path suffixed = FileName.withSuffix(folder.resolve(name), "-1");

        // Then
        assertThat(suffixed).hasToString(with);
    }

    @Test
    void isCutWhereASuffixWouldMakeItTooLong() {
        // Given
        Path file = folder.resolve("n".repeat(246) + ".csv");

        // When
        Path suffixed = FileName.withSuffix(file, "-20260131T120000.500Z");

        // Then
        assertThat(suffixed.toString()).hasSize(255).endsWith("n-20260131T120000.500Z.csv");
    }
}
