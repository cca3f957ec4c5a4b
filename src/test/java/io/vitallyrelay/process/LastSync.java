package io.vitallyrelay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** What a loss of power leaves of the spool in the worst case that keeps the promises of fsync: the state of the last one. */
final class LastSync {
    /** Come to when the store is synced. */
    static final String FAILPOINT = "spool.SyncedVersion.set";

    private final Path spool;
    private final Path copy;

    LastSync(RelayProcess relay, Path copy) {
        this.spool = relay.data().resolve("spool");
        this.copy = copy;
    }

    void remember() {
        copyFiles(spool, copy);
    }

    void restore() {
        copyFiles(copy, spool);
    }

    private static void copyFiles(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
