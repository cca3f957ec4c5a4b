package io.vitallyrelay.source.file;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A file that is through, on its way out of the inbox. Not thread-safe. */
public final class FinishedFile {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern(
                    "'-'yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path file;
    private final Path folder;
    private final long size;
    private final Runnable forget;
    private final InstantSource clock;

    /**
     * @param folder the name of the one in the inbox that it goes to
     * @param size of it when it was read
     * @param forget is run once it is there: its resume point is not needed any more
     */
    FinishedFile(Path file, String folder, long size, Runnable forget, InstantSource clock) {
        this.file = file;
        this.folder = file.resolveSibling(folder);
        this.size = size;
        this.forget = forget;
        this.clock = clock;
    }

    /**
     * Moves it. A file that was read before under the same name is kept.
     *
     * @throws IOException when that cannot be done: it stays where it is, and can be moved later
     */
    public MovedFile move() throws IOException {
        PrivateFiles.createFolders(folder);
        Path moved = Files.move(file, folder.resolve(freeName()));
        forget();
        return new MovedFile(moved, size);
    }

    private Path freeName() {
        Path name = file.getFileName();
        return Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)
                ? FileName.withSuffix(file, SUFFIX.format(clock.instant()))
                : name;
    }

    /** Where somebody else is to move it, from the inbox on. */
    public String target() {
        return folder.getFileName().resolve(freeName()).toString();
    }

    /** To be called when somebody else moved it. */
    public void forget() {
        forget.run();
    }

    public Path file() {
        return file;
    }

    public Path folder() {
        return folder;
    }
}
