package io.vitallyrelay.spool.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How {@link Store} comes to its files. A test puts a disk in between that fails. */
interface StoreFiles {
    /** Just the files. */
    StoreFiles LOCAL = new StoreFiles() {};

    /** The name by which MVStore opens the file. */
    default String name(Path file) {
        return file.toString();
    }

    /** Opens a file that is there, to read and write it. */
    default FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
