package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class LocalSpoolContractTest extends SpoolContract {
    @TempDir
    private Path folder;

    private int kills;

    @Override
    protected Spool open() {
        return LocalSpool.open(
                new LocalSpool.Options(
                        current(),
                        LANES,
                        SpoolFixture.ROOMY,
                        SpoolFixture.ROOMY,
                        SpoolFixture.ROOMY,
                        SyncMode.ALWAYS,
                        Duration.ofDays(7)),
                InstantSource.system());
    }

    private Path current() {
        return folder.resolve("spool-" + kills);
    }

    /** A copy of the files of an open store is what a kill leaves. */
    @Override
    protected void kill(Spool killed) {
        Path before = current();
        kills++;
        try (Stream<Path> files = Files.list(before)) {
            Files.createDirectory(current());
            for (Path file : files.toList()) {
                Files.write(current().resolve(file.getFileName()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        killed.close();
    }
}
