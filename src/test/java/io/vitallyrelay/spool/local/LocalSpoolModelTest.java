package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolModelContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class LocalSpoolModelTest extends SpoolModelContract {
    /** Where a sync costs nothing. */
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    /** More than any sequence appends, and so little that the reserve, of the same size, is made in no time. */
    private static final long MOST_BYTES = 2L << 20;

    private Path folder;
    private int stores;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.isWritable(IN_MEMORY)
                ? Files.createTempDirectory(IN_MEMORY, "spool-model")
                : Files.createTempDirectory("spool-model");
    }

    @AfterEach
    void deleteFolder() throws IOException {
        delete(current());
        Files.delete(folder);
    }

    private Path current() {
        return folder.resolve("spool-" + stores);
    }

    @Override
    protected void startAnew() {
        delete(current());
        stores++;
    }

    @Override
    protected Spool open() {
        return LocalSpool.open(
                new LocalSpool.Options(
                        current(),
                        LANES,
                        SpoolFixture.ROOMY,
                        MOST_BYTES,
                        SpoolFixture.ROOMY,
                        SyncMode.ALWAYS,
                        Duration.ofDays(7)),
                InstantSource.system());
    }

    /** The files of the open store, all of the same moment, are what a kill leaves. */
    @Override
    protected void kill(Spool killed) {
        Path before = current();
        Map<String, ByteBuffer> files = files(before);
        for (Map<String, ByteBuffer> again = files(before); !again.equals(files); again = files(before)) {
            files = again;
        }
        killed.close();
        startAnew();
        try {
            Files.createDirectory(current());
            for (Map.Entry<String, ByteBuffer> file : files.entrySet()) {
                Files.write(current().resolve(file.getKey()), file.getValue().array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ByteBuffer> files(Path of) {
        Map<String, ByteBuffer> files = new HashMap<>();
        try (Stream<Path> paths = Files.list(of)) {
            // not the reserve: a kill may find none
            for (Path file : paths.filter(path -> !path.endsWith("reserve")).toList()) {
                files.put(file.getFileName().toString(), ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void delete(Path store) {
        if (!Files.exists(store)) {
            return;
        }
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
