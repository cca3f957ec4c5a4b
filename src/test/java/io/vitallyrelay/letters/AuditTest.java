package io.vitallyrelay.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    Path folder;

    @Test
    void givesTheLastDeedsNewestFirst() {
        // Given
        for (String who : new String[] {"anna", "ben\n{\"by\":\"carl\"}", "dora"}) {
            audit().add(deed(who));
        }

        // When, Then
        assertThat(audit().last(2))
                .extracting(entry -> entry.get("by").textValue())
                .containsExactly("dora", "ben\n{\"by\":\"carl\"}");
        assertThat(audit().last(10)).hasSize(3);
    }

    @Test
    void isReadableByItsUserAlone() throws Exception {
        // When
        audit().add(deed("anna"));

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void losesNothingToALineThatACrashLeftHalf() throws Exception {
        // Given
        audit().add(deed("anna"));
        Files.writeString(file(), "{\"at\":\"2026", StandardOpenOption.APPEND);

        // When
        audit().add(deed("ben"));

        // Then
        assertThat(audit().last(10))
                .extracting(entry -> entry.get("by").textValue())
                .containsExactly("ben", "anna");
    }

    private static Audit.Entry deed(String by) {
        return new Audit.Entry(Instant.EPOCH, by, "127.0.0.1", "replay", Map.of("job", 1));
    }

    private Path file() {
        return folder.resolve("audit.jsonl");
    }

    /** As a start opens it. */
    private Audit audit() {
        return new Audit(file());
    }
}
