package io.vitallyrelay.spool.local;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The one thread that writes the store. A commit that fails (a full disk) is kept and written again, every second, until it
 * succeeds: sources and lanes wait meanwhile, and nothing is lost. Before that it gives up the {@link Reserve}, and takes it again
 * once there is room.
 */
final class Committer implements Runnable {
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    private static final int COMPACT_EVERY_BYTES = 64 * 1024 * 1024;
    private static final int COMPACT_EVERY_BYTES_WHEN_SHORT = 8 * 1024 * 1024;

    private final Staging staging;
    private final Store store;
    private final LetterStore letters;
    private final Reserve reserve;
    private final Window window;
    private final InstantSource clock;
    private final Duration keep;

    /** Letters that came and left since their store was synced. */
    private final Set<Long> unsyncedLetters = new HashSet<>();

    private long nextHousekeeping;
    private long freedBytes;

    Committer(
            Staging staging,
            Store store,
            LetterStore letters,
            Reserve reserve,
            Window window,
            InstantSource clock,
            Duration keep) {
        this.staging = staging;
        this.store = store;
        this.letters = letters;
        this.reserve = reserve;
        this.window = window;
        this.clock = clock;
        this.keep = keep;
    }

    @Override
    public void run() {
        try {
            for (Changes changes = staging.take(); changes != null; changes = staging.take()) {
                if (!commit(changes)) {
                    return;
                }
                window.written(changes);
                staging.written(changes);
                keepHouse(changes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            staging.failed("the spool stopped writing, restart the service: " + e);
            throw e;
        } finally {
            staging.closed();
        }
    }

    /** @return false when the spool is closing and this cannot be written */
    private boolean commit(Changes changes) throws InterruptedException {
        while (true) {
            try {
                if (!store.isOpen()) {
                    store.reopen();
                }
                if (!changes.isEmpty()) {
                    changes.lettersSynced = letters.syncedVersion();
                    store.write(changes);
                }
                if (changes.sync) {
                    store.sync();
                }
                follow(changes);
                return true;
            } catch (IOException e) {
                if (reserve.giveUp()) {
                    continue;
                }
                staging.failed(e.getMessage());
                if (!staging.awaitRetry(RETRY)) {
                    return false;
                }
            }
        }
    }

    private void follow(Changes changes) throws IOException {
        Map<Long, byte[]> came = changes.cameLetters();
        Set<Long> gone = changes.goneLetters();
        letters.follow(came, gone);
        unsyncedLetters.addAll(came.keySet());
        unsyncedLetters.addAll(gone);
        if (changes.sync && !unsyncedLetters.isEmpty()) {
            letters.sync();
            staging.followed(unsyncedLetters);
            unsyncedLetters.clear();
        }
    }

    private void keepHouse(Changes changes) throws InterruptedException {
        compactLetters();
        boolean isShort = staging.isDiskShort();
        if (!isShort && reserve.missing() > 0) {
            reserve.take();
        }
        freedBytes += changes.settledBytes;
        if (freedBytes > (isShort ? COMPACT_EVERY_BYTES_WHEN_SHORT : COMPACT_EVERY_BYTES)) {
            freedBytes = 0;
            compact();
        }
        if (clock.millis() >= nextHousekeeping) {
            nextHousekeeping = clock.millis() + HOUSEKEEPING.toMillis();
            staging.rollUp(clock.millis() - keep.toMillis());
        }
    }

    private void compactLetters() throws InterruptedException {
        try {
            letters.compactAsItGrows();
        } catch (IOException e) {
            // as below
            commit(new Changes());
        }
    }

    private void compact() throws InterruptedException {
        try {
            store.compact();
        } catch (IOException e) {
            // nothing is lost by that; who reads needs the store to be open
            commit(new Changes());
        }
    }
}
