package io.vitallyrelay.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk of a few megabytes, in memory, that can be filled up. Closing it takes it away, however the test went. */
final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /** Skips the test where this user may not mount a disk. */
    static SmallDisk mount(Path folder, int megabytes) throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(Path.of("/bin/mount")), "there is no /bin/mount here, so no disk can be filled up");
        Files.createDirectories(folder);
        Process mount = new ProcessBuilder(
                        "/bin/mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(mount.getInputStream().readAllBytes(), UTF_8);
        assumeTrue(mount.waitFor() == 0, "only root may mount a disk that can be filled up: " + output.strip());
        SmallDisk disk = new SmallDisk(folder);
        // also when the build is broken off
        Runtime.getRuntime().addShutdownHook(new Thread(disk::unmount));
        return disk;
    }

    /** Leaves room for so many bytes. */
    void fillUpTo(long left) throws IOException {
        Files.write(filler(), new byte[Math.toIntExact(free() - left)]);
    }

    /** Leaves nothing, whoever else writes. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(filler(), StandardOpenOption.APPEND)) {
            while (true) {
                filler.write(new byte[BLOCK]);
            }
        } catch (IOException e) {
            assertThat(free()).as("bytes left when %s", e.getMessage()).isZero();
        }
    }

    void makeRoom() throws IOException {
        Files.delete(filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    long free() throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    private int unmount() {
        try {
            // lazily: also while a process that is about to end still uses it
            return new ProcessBuilder("/bin/umount", "--lazy", folder.toString())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot unmount " + folder, e);
        }
    }

    @Override
    public void close() {
        assertThat(unmount()).as("status of umount %s", folder).isZero();
    }
}
