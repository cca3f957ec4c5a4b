package io.vitallyrelay.spool.local;

import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.spool.SpoolException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was delivered since the last commit, so that a lane need not wait for the next one: a write of a kilobyte survives a
 * kill as well as a commit does, and costs a hundredth. Neither is forced to disk.
 *
 * <p>Two files are written in turn, one for what is staged and one for what is being committed. Records are numbered, and the
 * store holds with each commit the {@link Mark} of the first one that it does not contain. Only those that follow it without a
 * gap count: after a loss of power, or in a copy that was put back, messages would else be sent again that are older than ones
 * which count as settled. Guarded by {@link Staging}.
 */
final class SettlementLog implements AutoCloseable {
    private static final int ENTRY = Long.BYTES + Short.BYTES;
    private static final int LONGEST_RECORD = 1024 * 1024;

    /**
     * A place in the log.
     *
     * @param epoch drawn at each start, because keys of blocks begin anew once a store is empty
     * @param record number of a record in this epoch
     */
    record Mark(long epoch, long record) {
        static final int BYTES = 2 * Long.BYTES;
    }

    /** Takes what the log says was delivered, in order. */
    interface Reader {
        void delivered(long block, int index);
    }

    private final Path[] paths;
    // not channels: those are closed when the thread that writes is interrupted, as lanes are when they stop
    private final RandomAccessFile[] files = new RandomAccessFile[2];
    private int current;
    private long at;
    private boolean broken;
    private Mark next = new Mark(0, 0);

    private SettlementLog(Path directory) throws IOException {
        paths = new Path[] {directory.resolve("delivered.0"), directory.resolve("delivered.1")};
        for (int i = 0; i < files.length; i++) {
            PrivateFiles.createFile(paths[i]);
            files[i] = new RandomAccessFile(paths[i].toFile(), "rw");
        }
    }

    /** Whether there is one, which is made once there is a store. */
    static boolean isIn(Path directory) {
        return Files.exists(directory.resolve("delivered.0")) || Files.exists(directory.resolve("delivered.1"));
    }

    /** @throws SpoolException when its files cannot be made or opened */
    static SettlementLog open(Path directory) {
        try {
            return new SettlementLog(directory);
        } catch (IOException e) {
            throw new SpoolException("cannot use the spool's folder " + directory + ": " + e, e);
        }
    }

    /**
     * Reads from a mark on, as far as no record is missing.
     *
     * @throws SpoolException when the files cannot be read
     */
    void read(Mark from, Reader reader) {
        Map<Long, ByteBuffer> records = new HashMap<>();
        for (Path path : paths) {
            try (DataInputStream in =
                    new DataInputStream(new BufferedInputStream(new FileInputStream(path.toFile())))) {
                readRecords(in, from.epoch(), records);
            } catch (EOFException | Sealed.DamagedValueException endOfWhatIsWhole) {
                // the rest is from another epoch, older, or torn
            } catch (IOException e) {
                throw new SpoolException("cannot read " + path + ": " + e, e);
            }
        }
        for (long number = from.record(); records.containsKey(number); number++) {
            for (ByteBuffer entries = records.get(number); entries.hasRemaining(); ) {
                reader.delivered(entries.getLong(), entries.getShort());
            }
        }
    }

    private static void readRecords(DataInputStream in, long epoch, Map<Long, ByteBuffer> records) throws IOException {
        while (true) {
            int length = in.readInt();
            if (length < Long.BYTES + Sealed.CHECKSUM || length > LONGEST_RECORD) {
                return;
            }
            byte[] record = new byte[length];
            in.readFully(record);
            ByteBuffer content = ByteBuffer.wrap(record, 0, Sealed.check(epoch, record));
            records.put(content.getLong(), content);
        }
    }

    void begin(long epoch) {
        next = new Mark(epoch, 0);
    }

    /**
     * The stage goes to the committer: what follows is written to the other file.
     *
     * @return the first record that is not part of this commit
     */
    Mark turn() {
        current = 1 - current;
        at = 0;
        broken = false;
        return next;
    }

    /**
     * Writes what was delivered.
     *
     * @return whether it survives a kill; false when it could not be written, and only the next commit will
     */
    boolean add(List<Settlement> delivered) {
        // what stands behind half a record could not be read
        if (broken) {
            return false;
        }
        byte[] record = record(delivered);
        try {
            files[current].seek(at);
            files[current].write(record);
            at += record.length;
            next = new Mark(next.epoch(), next.record() + 1);
            return true;
        } catch (IOException e) {
            broken = true;
            return false;
        }
    }

    private byte[] record(List<Settlement> delivered) {
        byte[] sealed = new byte[Long.BYTES + delivered.size() * ENTRY + Sealed.CHECKSUM];
        ByteBuffer content = ByteBuffer.wrap(sealed).putLong(next.record());
        for (Settlement settlement : delivered) {
            content.putLong(settlement.message().block.seq);
            content.putShort((short) settlement.message().index);
        }
        return ByteBuffer.allocate(Integer.BYTES + sealed.length)
                .putInt(sealed.length)
                .put(Sealed.sealInPlace(next.epoch(), sealed))
                .array();
    }

    @Override
    public void close() {
        for (RandomAccessFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
