package io.vitallyrelay.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A copy of the spool as it was synced: what a loss of power leaves of it in the worst case that fsync allows. */
final class SyncedSpool {
    /** Come to when the store is synced. */
    static final String FAILPOINT = "spool.local.SyncedVersion.set";

    private final Path spool;
    private final Path copy;

    SyncedSpool(RelayProcess relay, Path copy) {
        this.spool = relay.data().resolve("spool");
        this.copy = copy;
    }

    void keep() {
        copyFiles(spool, copy);
    }

    void keepFirst() {
        if (!Files.exists(copy)) {
            keep();
        }
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
