package io.vitallyrelay.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that was read and moved. A writer that has it open still can go on with it there.
 *
 * @param size of it when it was read
 */
public record MovedFile(Path path, long size) {

    /** How many bytes came after it was read; 0 where it has gone. */
    public long grownBy() {
        try {
            return Math.max(0, Files.size(path) - size);
        } catch (IOException e) {
            return 0;
        }
    }
}
