package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionKeyTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void noFileYet() {
        file = folder.resolve("session.key");
    }

    @Test
    void isTheSameAfterARestart() throws Exception {
        assertThat(SessionKey.in(file)).hasSize(44).isEqualTo(SessionKey.in(file));
    }

    @Test
    void isForItsUserAlone() throws Exception {
        // When
        SessionKey.in(file);

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void isNotTakenFromAFileThatOthersMayRead() throws Exception {
        // Given
        SessionKey.in(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        // Then
        assertThatThrownBy(() -> SessionKey.in(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void isNotTakenFromAFileWithSomethingElse() throws Exception {
        // Given
        SessionKey.in(file);
        Files.writeString(file, "short");

        // Then
        assertThatThrownBy(() -> SessionKey.in(file)).hasMessageContaining("no key of this service");
    }
}
