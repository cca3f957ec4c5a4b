package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The number of the form in which the spool is written, in a small text file of its own: it can be read before the store is, and
 * by people. Not thread-safe: it belongs to {@link Store}.
 *
 * <p>1 had no such file, and lengths of two bytes in its units. 2 had the dead letters in the store, and no
 * count of discarded ones. 3 had no history of letters, and did not find them by their unit. 4 is read and written by this build,
 * which reads the others as well.
 */
final class StoreFormat {
    static final int NEWEST = 4;

    private static final int UNKNOWN = 1;
    private static final int LONGEST = 100;

    private final Path file;
    private final int number;

    /** @throws IOException when the file cannot be read, or says no number */
    StoreFormat(Path file) throws IOException {
        this.file = file;
        this.number = read(file);
    }

    private static int read(Path file) throws IOException {
        try {
            if (Files.size(file) <= LONGEST) {
                int number = Integer.parseInt(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip());
                if (number > UNKNOWN) {
                    return number;
                }
            }
        } catch (NoSuchFileException e) {
            return UNKNOWN;
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IOException(file + " should say the number of the spool's format, and does not");
    }

    int number() {
        return number;
    }

    /** Whether the store was once made, or taken over, by a build that keeps this file. */
    boolean isWritten() {
        return number != UNKNOWN;
    }

    /** Returns when the file is durable and says {@link #NEWEST}; a crash leaves it as it was, or like that. */
    void write(StoreFiles files) throws IOException {
        if (number == NEWEST) {
            return;
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        PrivateFiles.createFile(draft);
        try (FileChannel channel = files.open(draft)) {
            ByteBuffer text = ByteBuffer.wrap((NEWEST + "\n").getBytes(StandardCharsets.UTF_8));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
