package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovedFilesTest {
    @TempDir
    private Path done;

    private long now;
    private final MovedFiles moved = new MovedFiles(() -> now);

    private MovedFile move(String name) throws IOException {
        MovedFile file = new MovedFile(Files.writeString(done.resolve(name), "id\n1\n"), 5);
        moved.add(file);
        return file;
    }

    private static void goOnWith(MovedFile file) throws IOException {
        Files.writeString(file.path(), "2\n", StandardOpenOption.APPEND);
    }

    @Test
    void namesAFileThatGrewAfterItWasMoved() throws Exception {
        // Given
        move("rests.csv");
        MovedFile file = move("grows.csv");
        goOnWith(file);

        // When
        List<MovedFile> grown = moved.grown();

        // Then
        assertThat(grown).containsExactly(file);
        assertThat(file.grownBy()).isEqualTo(2);
    }

    @Test
    void namesItOnce() throws Exception {
        // Given
        goOnWith(move("grows.csv"));
        moved.grown();

        // When
        List<MovedFile> again = moved.grown();

        // Then
        assertThat(again).isEmpty();
    }

    @Test
    void watchesItForAMinute() throws Exception {
        // Given
        MovedFile file = move("grows.csv");
        now += MovedFiles.WATCHED.toNanos();
        moved.grown();
        goOnWith(file);

        // When
        List<MovedFile> grown = moved.grown();

        // Then
        assertThat(grown).isEmpty();
    }

    @Test
    void saysNothingOfAFileThatSomebodyTookAway() throws Exception {
        // Given
        Files.delete(move("gone.csv").path());

        // When
        List<MovedFile> grown = moved.grown();

        // Then
        assertThat(grown).isEmpty();
    }

    @Test
    void watchesTheLastOnesWhereThereAreTooMany() throws Exception {
        // Given
        MovedFile first = move("first.csv");
        for (int i = 0; i < MovedFiles.MOST; i++) {
            moved.add(new MovedFile(done.resolve("other"), 0));
        }
        goOnWith(first);

        // When
        List<MovedFile> grown = moved.grown();

        // Then
        assertThat(grown).isEmpty();
    }
}
