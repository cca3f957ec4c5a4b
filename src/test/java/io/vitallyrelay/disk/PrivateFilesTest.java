package io.vitallyrelay.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class PrivateFilesTest {
    @TempDir
    private Path root;

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void createsFoldersForItsUserOnly() throws Exception {
        // Given
        Path folder = root.resolve("data/spool");

        // When
        PrivateFiles.createFolders(folder);

        // Then
        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(folder.getParent())).isEqualTo("rwx------");
    }

    @Test
    void createsFilesForItsUserOnly() throws Exception {
        // Given
        Path file = root.resolve("spool.mv");

        // When
        PrivateFiles.createFile(file);

        // Then
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void areAllThatASpoolMakes() throws Exception {
        // Given
        Path folder = root.resolve("data/spool");

        // When
        new TemporarySpool(folder).close();

        // Then
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void leavesAFileThatExistsAsItIs() throws Exception {
        // Given
        Path file = Files.writeString(root.resolve("spool.mv"), "kept");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        // When
        PrivateFiles.createFile(file);

        // Then
        assertThat(file).hasContent("kept");
        assertThat(permissions(file)).isEqualTo("rw-r--r--");
    }

    @Test
    void takesALinkToAFolderForAFolder() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(root.resolve("link"), Files.createDirectories(root.resolve("folder")));

        // When
        PrivateFiles.createFolders(link);

        // Then
        assertThat(link).isDirectory();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"rwx------, false", "rwxrwx---, false", "rwxr-xr-x, true", "rwxr-x--x, true"})
    void tellsWhetherOthersMayRead(String permissions, boolean may) throws Exception {
        // Given
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString(permissions));

        // When
        boolean others = PrivateFiles.othersMayRead(root);

        // Then
        assertThat(others).isEqualTo(may);
    }
}
