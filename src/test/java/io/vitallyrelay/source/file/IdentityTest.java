package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @TempDir
    Path folder;

    @Test
    void keepsACheckpointAsText() {
        // Given
        Checkpoint checkpoint = new Checkpoint(1L << 40, 3, 2, 0, 0xFEDC0001);
        // When
        Checkpoint decoded = Checkpoint.decode(checkpoint.encode());
        // Then
        assertThat(decoded).isEqualTo(checkpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1:2:3", "1:2:3:4", "-1:0:0:00000000", "0:0:0:0000000G", " 0:0:0:00000000"})
    void refusesATextThatIsNoCheckpoint(String text) {
        // When Then
        assertThatThrownBy(() -> Checkpoint.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"content,1000,true", "Content,1000,false", "content,2000,false"})
    void tellsFilesApartByContentAndTime(String content, long millis, boolean same) throws IOException {
        // Given
        String first = fingerprint("content", 1000);
        // When
        String second = fingerprint(content, millis);
        // Then
        assertThat(second.equals(first)).isEqualTo(same);
        assertThat(second).matches("[0-9a-f]{12}");
    }

    @Test
    void tellsFilesApartBySizeBehindTheirHead() throws IOException {
        // Given
        String shorter = fingerprint("x".repeat(70_000), 1000);
        // When
        String longer = fingerprint("x".repeat(70_001), 1000);
        // Then
        assertThat(longer).isNotEqualTo(shorter);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"\",\",1", "\u00a7,\",1", "`\n`,\",1", ";,\",0"})
    void refusesSettingsThatCannotWork(char delimiter, char quote, int maxRecordBytes) {
        // When Then
        assertThatThrownBy(() ->
                        new FileSettings(FileFormat.CSV, StandardCharsets.UTF_8, delimiter, quote, maxRecordBytes))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String fingerprint(String content, long millis) throws IOException {
        Path file = Taken.file(folder, "a.csv", content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
        return OpenedFile.at(file).fingerprint();
    }
}
