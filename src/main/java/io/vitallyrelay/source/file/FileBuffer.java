package io.vitallyrelay.source.file;

import io.vitallyrelay.source.text.ByteSearch;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32C;
import java.util.zip.ZipException;

/**
 * The piece of a stream that lies in memory. It begins at the first byte that is not yet taken and reaches as far ahead
 * as its user looks, up to its capacity; so a user may look at a record, and then take less than it looked at. Indices
 * given to {@link #at} count from the first byte not taken; those into {@link #bytes()} begin at {@link #position()}.
 * Every call that reads ahead may move the bytes, so take bytes and position anew behind it.
 */
final class FileBuffer implements Closeable {
    /** Bytes of a byte order mark. */
    static final int BYTE_ORDER_MARK = 3;

    private static final int INITIAL_CAPACITY = 128 * 1024;
    private static final int LONGEST_READ = 128 * 1024;

    private final InputStream in;
    private final int capacity;
    private final CRC32C crc = new CRC32C();
    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int position;
    private int end;
    /** Offset in the stream of the first byte in memory. */
    private long base;
    /** Line ends taken. */
    private long line;
    /** Bytes in memory that the checksum already covers. */
    private int covered;

    private int donePosition;
    private long doneOffset;
    private long doneLine;
    private int doneCrc;
    private boolean doneCrcKnown = true;

    private boolean ended;
    /** Why no more can be read; null while that can be. */
    private String failure;

    private boolean carriageReturnsEndLines;

    /** @param lookAhead how far the user looks ahead at most, in bytes */
    FileBuffer(InputStream in, int lookAhead) {
        this.in = in;
        this.capacity = Math.max(INITIAL_CAPACITY, lookAhead);
    }

    byte[] bytes() {
        return buffer;
    }

    int position() {
        return position;
    }

    /** Bytes in memory that are not yet taken. */
    int available() {
        return end - position;
    }

    /** The line, counted from 1, on which the first byte not taken stands. */
    long line() {
        return line + 1;
    }

    /** The byte at an index, or -1 behind the end of the stream. */
    int at(int index) throws IOException {
        while (index >= end - position) {
            if (!readAhead()) {
                return -1;
            }
        }
        return buffer[position + index] & 0xFF;
    }

    /** Whether the byte order mark of UTF-8 comes next. */
    boolean beginsWithByteOrderMark() throws IOException {
        return at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF;
    }

    /** The byte taken last; only to be asked before reading ahead. */
    int taken() {
        return buffer[position - 1] & 0xFF;
    }

    /** Gets more bytes into memory; false at the end of the stream. */
    boolean readAhead() throws IOException {
        if (failure != null) {
            throw new UnreadableFileException(line(), failure);
        }
        if (ended) {
            return false;
        }
        if (end == buffer.length) {
            makeRoom();
        }
        try {
            int n = in.read(buffer, end, Math.min(buffer.length - end, LONGEST_READ));
            ended = n < 0;
            end += Math.max(n, 0);
            if (carriageReturnsEndLines) {
                endLinesWithFeeds(end - Math.max(n, 0));
            }
        } catch (ZipException e) {
            failure = e.getMessage();
            throw new UnreadableFileException(line(), failure);
        }
        return !ended;
    }

    /** Gets so many bytes into memory, or all there are. What cannot be read fails later, when it is looked at. */
    void readAhead(int bytes) throws IOException {
        try {
            at(bytes - 1);
        } catch (UnreadableFileException e) {
            // what was read before it is there
        }
    }

    /** From the first byte not taken on, each {@code \r} is a {@code \n} to the user. */
    void carriageReturnsEndLines() {
        carriageReturnsEndLines = true;
        endLinesWithFeeds(position);
    }

    private void endLinesWithFeeds(int from) {
        for (int i = from; i < end; i++) {
            if (buffer[i] == '\r') {
                buffer[i] = '\n';
            }
        }
    }

    /** Takes bytes that are in memory. */
    void take(int bytes, int lineEnds) {
        position += bytes;
        line += lineEnds;
    }

    /** Length of the line that begins here, without its {@code \n}; {@code max + 1} for all that are longer than max. */
    int lineLength(int max) throws IOException {
        int searched = 0;
        while (true) {
            int reach = Math.min(available(), max + 1);
            int i = ByteSearch.indexOf(buffer, position + searched, position + reach, (byte) '\n');
            if (i >= 0) {
                return i - position;
            }
            if (reach > max || !readAhead()) {
                return reach;
            }
            searched = reach;
        }
    }

    /** Takes a line of which {@link #lineLength} told the length, and its line end if it has one. */
    void takeLine(int length) {
        boolean terminated = position + length < end;
        take(terminated ? length + 1 : length, terminated ? 1 : 0);
    }

    /** Takes the rest of the line with its end, however long it is; returns its length without the {@code \n}. */
    long skipLine() throws IOException {
        long skipped = 0;
        do {
            int i = ByteSearch.indexOf(buffer, position, end, (byte) '\n');
            if (i >= 0) {
                skipped += i - position;
                takeLine(i - position);
                return skipped;
            }
            skipped += available();
            take(available(), 0);
        } while (readAhead());
        return skipped;
    }

    /** Notes that all before this place is done. */
    void done() {
        donePosition = position;
        doneOffset = offset();
        doneLine = line;
        doneCrcKnown = false;
    }

    /** The place before which all is done. */
    Checkpoint checkpoint(long records, long element) {
        return new Checkpoint(doneOffset, doneLine, records, element, doneCrc());
    }

    /** Takes all before the checkpoint: it is done. */
    void skipTo(Checkpoint checkpoint) throws IOException {
        try {
            while (offset() < checkpoint.offset() && (available() > 0 || readAhead())) {
                take((int) Math.min(available(), checkpoint.offset() - offset()), 0);
            }
        } catch (UnreadableFileException e) {
            throw new ChangedFileException("what was taken from the file cannot be read any more: " + e.reason());
        }
        if (offset() < checkpoint.offset()) {
            throw new ChangedFileException("the file is shorter than what was taken from it");
        }
        line = checkpoint.line();
        done();
        if (doneOffset != checkpoint.offset() || doneCrc() != checkpoint.crc()) {
            throw new ChangedFileException("the file does not begin with what was taken from it");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private long offset() {
        return base + position;
    }

    private int doneCrc() {
        if (!doneCrcKnown) {
            cover(donePosition);
            doneCrc = (int) crc.getValue();
            doneCrcKnown = true;
        }
        return doneCrc;
    }

    private void cover(int to) {
        crc.update(buffer, covered, to - covered);
        covered = to;
    }

    private void makeRoom() {
        doneCrc();
        cover(position);
        int kept = end - position;
        if (kept == capacity) {
            throw new IllegalStateException("looks further ahead than agreed");
        }
        boolean grow = kept > buffer.length / 2 && buffer.length < capacity;
        byte[] target = grow ? new byte[(int) Math.min(capacity, 2L * buffer.length)] : buffer;
        System.arraycopy(buffer, position, target, 0, kept);
        buffer = target;
        base += position;
        end = kept;
        position = 0;
        covered = 0;
    }
}
