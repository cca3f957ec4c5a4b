package io.vitallyrelay.source.file;

import java.io.Closeable;
import java.io.IOException;

/**
 * Takes the records of one file in their order. Not thread-safe. After an exception a reader yields nothing more; its
 * checkpoint stays valid.
 */
public interface RecordReader extends Closeable {
    /**
     * The next record, or null at the end of the file.
     *
     * @throws UnreadableFileException when the rest of the file cannot be read; what was taken before stays taken
     * @throws IOException when the disk fails; a new reader from the last checkpoint may succeed
     */
    FileRecord next() throws IOException;

    /** Where the record returned last stands: {@code line 7}, {@code element 51} of an array, or {@code line 7, element 51}. */
    String position();

    /** The place behind the record that {@link #next()} returned last; where reading began when there was none yet. */
    Checkpoint checkpoint();
}
