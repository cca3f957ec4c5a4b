package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Space on the disk that is kept for a time when there is no other: a file that is given up, part by part, when a commit fails,
 * so that what is delivered can be settled on a full disk. The committer gives it up and takes it again; anybody may ask how much
 * is missing.
 */
final class Reserve {
    /** Given up in parts, so that another program which takes all that comes free does not get all of it at once. */
    private static final int PARTS = 4;

    private static final int STEP = 128 * 1024;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Path file;
    private final long size;
    private volatile long held;
    private long notBefore = System.nanoTime();

    Reserve(Path directory, long size) {
        file = directory.resolve("reserve");
        this.size = size;
        held = length();
    }

    private long length() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** How many bytes of it are given up, or were never taken. */
    long missing() {
        return Math.max(0, size - held);
    }

    /** @return whether anything was given up */
    boolean giveUp() {
        if (held == 0) {
            return false;
        }
        try (RandomAccessFile reserve = new RandomAccessFile(file.toFile(), "rw")) {
            reserve.setLength(Math.max(0, held - Math.max(1, size / PARTS)));
            held = reserve.length();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes what is missing. Where that fails, what was taken of it is given back, and the next try is not at once. */
    void take() {
        if (System.nanoTime() - notBefore < 0) {
            return;
        }
        long before = held;
        try {
            PrivateFiles.createFile(file);
            try (RandomAccessFile reserve = new RandomAccessFile(file.toFile(), "rw")) {
                append(reserve);
            }
        } catch (IOException e) {
            giveBack(before);
            notBefore = System.nanoTime() + PAUSE_NANOS;
        }
    }

    /** No zeros, and nothing that comes again soon: a file system that packs its files would take no space for those. */
    private void append(RandomAccessFile reserve) throws IOException {
        byte[] step = new byte[STEP];
        new SplittableRandom().nextBytes(step);
        reserve.seek(held);
        while (held < size) {
            reserve.write(step, 0, (int) Math.min(step.length, size - held));
            held = reserve.getFilePointer();
        }
    }

    private void giveBack(long length) {
        try (RandomAccessFile reserve = new RandomAccessFile(file.toFile(), "rw")) {
            reserve.setLength(length);
        } catch (IOException e) {
            // it stays as long as it got
        }
        held = length();
    }
}
