package io.vitallyrelay.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unzips a gzip file of one or more members (RFC 1952). Unlike the JDK's stream it takes nothing behind a member for the
 * end: a following member that is cut or broken is an error, so no rows vanish silently. Zero bytes as padding are
 * allowed. All errors in the data are {@link ZipException}s; of data that is cut, all before the cut is given out first.
 */
final class GzipInput extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] input = new byte[64 * 1024];
    private int pos;
    private int end;
    private boolean ended;
    private ZipException failure;

    GzipInput(InputStream in) throws IOException {
        this.in = in;
        readHeader(readByte());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Fails the same again, once the data have shown to be wrong. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            return unzip(target, offset, length);
        } catch (ZipException e) {
            failure = e;
            throw e;
        }
    }

    private int unzip(byte[] target, int offset, int length) throws IOException {
        while (!ended) {
            int n = inflate(target, offset, length);
            if (n > 0) {
                crc.update(target, offset, n);
                return n;
            }
            if (inflater.finished()) {
                pos = end - inflater.getRemaining();
                checkTrailer();
                nextMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("the gzip data is damaged");
            } else {
                fill();
                inflater.setInput(input, 0, end);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            return inflater.inflate(target, offset, length);
        } catch (DataFormatException e) {
            throw new ZipException("the gzip data is damaged");
        }
    }

    private void checkTrailer() throws IOException {
        if (readInt() != (int) crc.getValue() || readInt() != (int) inflater.getBytesWritten()) {
            throw new ZipException("the gzip data is damaged: its checksum is wrong");
        }
    }

    private void nextMember() throws IOException {
        int b = tryReadByte();
        while (b == 0) {
            b = tryReadByte();
        }
        if (b < 0) {
            ended = true;
            return;
        }
        inflater.reset();
        crc.reset();
        readHeader(b);
    }

    private void readHeader(int first) throws IOException {
        if (first != 0x1F || readByte() != 0x8B || readByte() != 8) {
            throw new ZipException("not gzip data");
        }
        int flags = readByte();
        skip(6); // time, level, system
        if ((flags & EXTRA) != 0) {
            skip(readByte() | readByte() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.setInput(input, pos, end - pos);
    }

    private int readInt() throws IOException {
        return readByte() | readByte() << 8 | readByte() << 16 | readByte() << 24;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            readByte();
        }
    }

    private void skipText() throws IOException {
        while (readByte() != 0) {
            // up to the zero byte that ends it
        }
    }

    private int readByte() throws IOException {
        if (pos == end) {
            fill();
        }
        return input[pos++] & 0xFF;
    }

    private int tryReadByte() throws IOException {
        return pos == end && !tryFill() ? -1 : input[pos++] & 0xFF;
    }

    private void fill() throws IOException {
        if (!tryFill()) {
            throw new ZipException("the gzip data ends too early");
        }
    }

    private boolean tryFill() throws IOException {
        int n = in.read(input, 0, input.length);
        pos = 0;
        end = Math.max(n, 0);
        return n > 0;
    }
}
