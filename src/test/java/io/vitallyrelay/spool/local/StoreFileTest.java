package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoreFileTest {
    private static final int BLOCK = 4096;

    @TempDir
    Path directory;

    private Path path;
    private MVStore store;
    private MVMap<String, String> map;
    private MVMap<String, String> other;
    private long bigVersion;

    @BeforeEach
    void aStore() {
        path = directory.resolve("store");
        open();
    }

    /** What two torn writes, or anything else, may have made of the header. */
    enum Header {
        ZEROED {
            @Override
            void to(byte[] file) {
                Arrays.fill(file, 0, 2 * BLOCK, (byte) 0);
            }
        },
        RANDOM {
            @Override
            void to(byte[] file) {
                byte[] random = new byte[2 * BLOCK];
                new Random(1).nextBytes(random);
                System.arraycopy(random, 0, file, 0, random.length);
            }
        },
        CHANGED {
            @Override
            void to(byte[] file) {
                int at = new String(file, 0, BLOCK, StandardCharsets.ISO_8859_1).indexOf("format:");
                file[at + 7] = '4';
                file[BLOCK + at + 7] = '4';
            }
        };

        abstract void to(byte[] file);
    }

    @ParameterizedTest
    @EnumSource
    void opensWithAllThatIsInItWhenBothHeadersAreLost(Header header) throws IOException {
        // Given
        for (int i = 0; i < 30; i++) {
            commit(map, "key", "version " + i);
        }
        store.close();
        byte[] bytes = Files.readAllBytes(path);
        header.to(bytes);
        Files.write(path, bytes);

        // When
        open();

        // Then
        assertThat(map).containsEntry("key", "version 29");
        commit(map, "key", "goes on");
        store.closeImmediately();
        assertThat(new String(Files.readAllBytes(path), 0, 4, StandardCharsets.ISO_8859_1))
                .isEqualTo("H:2,");
    }

    @Test
    void isNotLedToAnOlderStateByWhatIsWrittenOverAChunkThatNothingNeeds() throws IOException {
        // Given: closed cleanly, and killed in the first write after that
        for (int i = 0; i < 10; i++) {
            commit(map, "key", "version " + i);
        }
        long newest = store.getCurrentVersion();
        store.close();
        byte[] closed = Files.readAllBytes(path);
        open();
        commit(map, "key", "never acknowledged");
        store.closeImmediately();
        byte[] torn = Files.readAllBytes(path);
        System.arraycopy(closed, 0, torn, 0, 2 * BLOCK);
        tearChunk(torn, newest + 1);
        Files.write(path, torn);

        // When
        open();

        // Then
        assertThat(map).containsEntry("key", "version 9");
    }

    @Test
    void neverTakesUpWhatItOnceCouldNotOpen() throws IOException {
        // Given: a loss of power that took the last commit but one, and left the last, before other chunks
        commit(map, "big", "x".repeat(100_000));
        commit(store.openMap("behind it"), "key", "value");
        commit(map, "big", "");
        commit(map, "key", "synced");
        long synced = store.getCurrentVersion();
        commit(other, "key", "lost");
        commit(map, "key", "never acknowledged");
        store.closeImmediately();
        byte[] left = Files.readAllBytes(path);
        tearChunk(left, synced + 1);
        Files.write(path, left);
        open();
        assertThat(map).containsEntry("key", "synced");
        StoreFile.keep(store, path, 0);
        commit(other, "key", "good");

        // When
        store.closeImmediately();
        open();

        // Then
        assertThat(map).containsEntry("key", "synced");
        assertThat(other).containsEntry("key", "good");
    }

    @Test
    void looksAtTheEndAloneOfAFileThatIsAsItWasClosed() {
        // Given
        StoreFile.End end = closeAMegabyte();

        // When
        open(end);

        // Then
        assertThat(map).containsEntry("key", "version 29");
        long reads = store.getFileStore().getReadCount();
        store.closeImmediately();
        open();
        assertThat(store.getFileStore().getReadCount()).isGreaterThan(5 * reads);
    }

    @Test
    void goesThroughAFileThatIsNotAsItWasClosed() throws IOException {
        // Given: a commit that is followed by no header
        StoreFile.End end = closeAMegabyte();
        byte[] closed = Files.readAllBytes(path);
        open();
        commit(map, "key", "newer");
        store.closeImmediately();
        byte[] killed = Files.readAllBytes(path);
        System.arraycopy(closed, 0, killed, 0, 2 * BLOCK);
        Files.write(path, killed);

        // When
        open(end);

        // Then
        assertThat(map).containsEntry("key", "newer");
    }

    @Test
    void goesThroughAFileOfWhichAChunkIsDamagedThatItNeeds() throws IOException {
        // Given
        StoreFile.End end = closeAMegabyte();
        byte[] damaged = Files.readAllBytes(path);
        tearChunk(damaged, bigVersion);
        Files.write(path, damaged);

        // When
        assertThatThrownBy(() -> open(end))
                // Then
                .isInstanceOf(MVStoreException.class)
                .hasMessageContaining("corrupted");
    }

    private StoreFile.End closeAMegabyte() {
        byte[] random = new byte[1 << 20];
        new Random(1).nextBytes(random);
        commit(other, "big", new String(random, StandardCharsets.ISO_8859_1));
        bigVersion = store.getCurrentVersion();
        // more chunks than MVStore looks at
        for (int i = 0; i < 30; i++) {
            commit(store.openMap("map " + i), "key", "value");
            commit(map, "key", "version " + i);
        }
        return StoreFile.close(store);
    }

    private void open() {
        open(StoreFile.End.UNKNOWN);
    }

    private void open(StoreFile.End end) {
        store = StoreFile.open(path.toString(), end);
        map = store.openMap("map");
        other = store.openMap("other");
    }

    private void commit(MVMap<String, String> to, String key, String value) {
        to.put(key, value);
        store.commit();
    }

    private static void tearChunk(byte[] file, long version) {
        for (int block = 2 * BLOCK; block < file.length; block += BLOCK) {
            String header = new String(file, block, 200, StandardCharsets.ISO_8859_1);
            if (header.startsWith("chunk:") && header.contains(",version:" + Long.toHexString(version) + ",")) {
                int length = Integer.parseInt(header.replaceAll("(?s).*?,len:(\\w+),.*", "$1"), 16) * BLOCK;
                Arrays.fill(file, block + length - 200, block + length, (byte) 0);
                return;
            }
        }
        throw new AssertionError("no chunk of version " + version);
    }
}
