package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoldFileTest {
    private static final Hold HOLD = new Hold(
            null, Hold.Cause.OPERATOR, "line one\nline two\u001b[2J", Instant.parse("2026-01-31T00:00:00Z"), "anna");

    @TempDir
    Path folder;

    @Test
    void keepsAHoldAsItIs() {
        // Given
        HoldFile.open(file()).add(HOLD);

        // When
        HoldFile after = HoldFile.open(file());

        // Then
        assertThat(after.all()).containsExactly(HOLD);
    }

    @Test
    void forgetsWhatWasReleased() {
        // Given
        HoldFile before = HoldFile.open(file());
        before.add(HOLD);
        before.removeIf(HOLD::equals);

        // When
        HoldFile after = HoldFile.open(file());

        // Then
        assertThat(after.all()).isEmpty();
    }

    @Test
    void isForItsUserAlone() throws Exception {
        // When
        HoldFile.open(file()).add(HOLD);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void takesNothingFromAWriteThatACrashCutOff() throws Exception {
        // Given
        HoldFile.open(file()).add(HOLD);
        Files.writeString(folder.resolve("holds.json.next"), "{\"holds\":[");

        // When
        HoldFile after = HoldFile.open(file());

        // Then
        assertThat(after.all()).containsExactly(HOLD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"holds\":[{\"cause\":\"opera",
                "null",
                "{}",
                "{\"holds\":[null]}",
                "{\"holds\":[{\"cause\":\"operator\"}]}",
                "{\"holds\":[{\"cause\":\"nonsense\",\"reason\":\"x\",\"since\":\"2026-01-31T00:00:00Z\"}]}"
            })
    void saysThatItCannotBeReadInsteadOfForgetting(String content) throws Exception {
        // Given
        Files.writeString(file(), content);

        // Then
        assertThatThrownBy(() -> HoldFile.open(file()))
                .isInstanceOf(HoldsUnreadableException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("what has to wait is not known");
    }

    @Test
    void holdsAllTheSameWhereNothingCanBeWrittenAndSaysSo() throws Exception {
        // Given: a folder in its place
        HoldFile holds = HoldFile.open(file());
        Files.createDirectories(file().resolve("in-the-way"));

        // When
        holds.add(HOLD);

        // Then
        assertThat(holds.all()).containsExactly(HOLD);
        assertThat(holds.problem()).contains("cannot be written to " + file());
    }

    private Path file() {
        return folder.resolve("holds.json");
    }
}
