package io.vitallyrelay.source.file;

import io.vitallyrelay.source.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks at one CSV record (RFC 4180) in the buffer and finds its columns, without taking it: when it is broken, the
 * reader takes less than was looked at.
 */
final class CsvCutter {
    private final FileBuffer buffer;
    private final byte delimiter;
    private final byte quote;
    private final int maxRecordBytes;
    /** The bytes at which an unquoted column ends or goes wrong. */
    private final boolean[] special = new boolean[256];

    // where the columns stand, in bytes from the beginning of the record
    private int[] from = new int[16];
    private int[] to = new int[16];
    private boolean[] escaped = new boolean[16];

    private int columns;
    private int length;
    private int lineEnds;
    private boolean bareLineFeed;
    private Problem problem;

    CsvCutter(FileBuffer buffer, FileSettings settings) {
        this.buffer = buffer;
        this.delimiter = (byte) settings.delimiter();
        this.quote = (byte) settings.quote();
        this.maxRecordBytes = settings.maxRecordBytes();
        special[delimiter] = true;
        special[quote] = true;
        special['\n'] = true;
    }

    int columns() {
        return columns;
    }

    /** Bytes of the record with its line end. */
    int length() {
        return length;
    }

    /** Line ends in the record, its own included. */
    int lineEnds() {
        return lineEnds;
    }

    /** Whether its line ends in {@code \n} without {@code \r}. */
    boolean endsInBareLineFeed() {
        return bareLineFeed;
    }

    /** What is wrong with the record, or null. Then its length means nothing. */
    Problem problem() {
        return problem;
    }

    /** Looks at the record that begins at its position; keeps no more columns than the given number. */
    void cut(int mostColumns) throws IOException {
        columns = 0;
        lineEnds = 0;
        problem = null;
        try {
            int p = 0;
            do {
                p = buffer.at(p) == quote ? quotedColumn(p + 1, mostColumns) : unquotedColumn(p, mostColumns);
            } while (p >= 0);
        } catch (UnreadableFileException e) {
            if (lineEnds == 0) {
                throw e;
            }
            // its first line is whole, and so may be rows behind it that only a stray quote joins to it
            problem = Problem.malformed("no end of the record in the part of the file that can be read");
        }
    }

    /** Whether nothing stands in a column. */
    boolean isEmpty(int column) {
        return from[column] == to[column];
    }

    /** The text of a column; only valid until the buffer reads ahead. */
    String text(int column) {
        byte[] b = buffer.bytes();
        int start = buffer.position() + from[column];
        int end = buffer.position() + to[column];
        if (!escaped[column]) {
            return new String(b, start, end - start, StandardCharsets.UTF_8);
        }
        byte[] plain = new byte[end - start];
        int n = 0;
        for (int i = start; i < end; i++) {
            plain[n++] = b[i];
            if (b[i] == quote) {
                i++; // the other one of the two
            }
        }
        return new String(plain, 0, n, StandardCharsets.UTF_8);
    }

    /** Returns where the next column begins, or -1 when the record ends or is broken. */
    private int unquotedColumn(int start, int mostColumns) throws IOException {
        int p = start;
        while (true) {
            byte[] b = buffer.bytes();
            int base = buffer.position();
            int available = Math.min(buffer.available(), maxRecordBytes + 2);
            while (p < available && !special[b[base + p] & 0xFF]) {
                p++;
            }
            if (p < available) {
                break;
            }
            if (p > maxRecordBytes) {
                return broken(Problem.tooLong(maxRecordBytes));
            }
            if (!buffer.readAhead()) {
                break;
            }
        }
        int next = buffer.at(p);
        if (next == quote) {
            return broken("a quote inside column " + (columns + 1) + ", which does not begin with one");
        }
        boolean windows = next != delimiter && p > start && buffer.at(p - 1) == '\r';
        column(start, windows ? p - 1 : p, false, mostColumns);
        return next == delimiter ? p + 1 : ended(p);
    }

    private int quotedColumn(int start, int mostColumns) throws IOException {
        boolean escapes = false;
        int p = start;
        while (true) {
            byte[] b = buffer.bytes();
            int base = buffer.position();
            int available = Math.min(buffer.available(), maxRecordBytes + 2);
            while (p < available && b[base + p] != quote) {
                if (b[base + p] == '\n') {
                    lineEnds++;
                }
                p++;
            }
            if (p < available) {
                if (buffer.at(p + 1) != quote) {
                    break;
                }
                escapes = true;
                p += 2;
            } else if (p > maxRecordBytes) {
                return broken("no closing quote for column " + (columns + 1) + " within " + maxRecordBytes + " bytes");
            } else if (!buffer.readAhead()) {
                return broken("no closing quote for column " + (columns + 1) + " up to the end of the file");
            }
        }
        int behind = p + 1;
        int next = buffer.at(behind);
        if (next == '\r' && (buffer.at(behind + 1) == '\n' || buffer.at(behind + 1) < 0)) {
            next = buffer.at(++behind);
        }
        if (next >= 0 && next != '\n' && (next != delimiter || behind != p + 1)) {
            return broken("text behind the closing quote of column " + (columns + 1));
        }
        column(start, p, escapes, mostColumns);
        return next == delimiter ? behind + 1 : ended(behind);
    }

    private void column(int start, int end, boolean escapes, int mostColumns) {
        if (columns < mostColumns) {
            if (columns == from.length) {
                from = Arrays.copyOf(from, 2 * columns);
                to = Arrays.copyOf(to, 2 * columns);
                escaped = Arrays.copyOf(escaped, 2 * columns);
            }
            from[columns] = start;
            to[columns] = end;
            escaped[columns] = escapes;
        }
        columns++;
    }

    private int ended(int p) throws IOException {
        boolean terminated = buffer.at(p) == '\n';
        length = terminated ? p + 1 : p;
        lineEnds += terminated ? 1 : 0;
        bareLineFeed = terminated && p > 0 && buffer.at(p - 1) != '\r';
        return p > maxRecordBytes ? broken(Problem.tooLong(maxRecordBytes)) : -1;
    }

    private int broken(String reason) {
        return broken(Problem.malformed(reason));
    }

    private int broken(Problem what) {
        problem = what;
        return -1;
    }
}
