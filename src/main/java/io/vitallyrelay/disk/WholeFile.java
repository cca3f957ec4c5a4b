package io.vitallyrelay.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole at any moment, whatever crashes: the old content or the new one. Only their user may read them. */
public final class WholeFile {
    private WholeFile() {}

    /** Returns when the content is on disk, and its name too. One at a time for each file. */
    public static void write(Path file, byte[] content) throws IOException {
        PrivateFiles.createFolders(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".next");
        PrivateFiles.createFile(next);
        try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
            out.setLength(0);
            out.write(content);
            out.getFD().sync();
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent());
    }

    /** Without it the loss of power could bring the old content back. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
