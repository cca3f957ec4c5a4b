package io.vitallyrelay.source.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Turns text of any charset into UTF-8. What means nothing in the charset becomes {@link #INVALID}. */
final class Transcoder extends InputStream {
    /** Stands in the decoded stream for what the charset of a file cannot mean; never part of valid UTF-8. */
    static final byte INVALID = (byte) 0xFF;

    private static final int CHARS = 16 * 1024;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder(); // reports by default, as newDecoder does
    private final ByteBuffer source = ByteBuffer.allocate(2 * CHARS).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    /** Three bytes of UTF-8 are the most that one char becomes. */
    private final ByteBuffer utf8 = ByteBuffer.allocate(3 * CHARS + 1).limit(0);

    private boolean sourceTaken = true;
    private boolean sourceEnded;
    private boolean ended;

    Transcoder(InputStream in, Charset charset) {
        this.in = in;
        this.decoder = charset.newDecoder();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!utf8.hasRemaining()) {
            if (ended) {
                return -1;
            }
            transcode();
        }
        int n = Math.min(length, utf8.remaining());
        utf8.get(target, offset, n);
        return n;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void transcode() throws IOException {
        if (sourceTaken) {
            readSource(); // first, so that an error comes behind all the text before it
        }
        CoderResult decoded = decoder.decode(source, chars, sourceEnded);
        sourceTaken = decoded.isUnderflow() && !sourceEnded;
        if (decoded.isUnderflow() && sourceEnded) {
            ended = decoder.flush(chars).isUnderflow();
        }
        chars.flip();
        utf8.clear();
        encode();
        chars.compact(); // the first half of a surrogate pair may wait here for the second
        if (decoded.isError()) {
            source.position(source.position() + decoded.length());
            utf8.put(INVALID);
        }
        utf8.flip();
    }

    private void encode() {
        CoderResult encoded = encoder.encode(chars, utf8, ended);
        while (encoded.isError()) { // a decoder that lets a lone surrogate through
            chars.position(chars.position() + encoded.length());
            utf8.put(INVALID);
            encoded = encoder.encode(chars, utf8, ended);
        }
    }

    private void readSource() throws IOException {
        source.compact();
        int n = in.read(source.array(), source.position(), source.remaining());
        sourceEnded = n < 0;
        source.position(source.position() + Math.max(n, 0)).flip();
    }
}
