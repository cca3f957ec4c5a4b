package io.vitallyrelay.spool.local;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A stored value: content with the CRC32C of its key and itself behind it. MVStore checks that a page is where it belongs,
 * not that its bytes are the ones that were written.
 */
final class Sealed {
    static final int CHECKSUM = 4;

    private Sealed() {}

    static byte[] seal(long key, byte[] content) {
        return sealInPlace(key, Arrays.copyOf(content, content.length + CHECKSUM));
    }

    /** Fills the last bytes of the array, which are left free for it. */
    static byte[] sealInPlace(long key, byte[] contentAndRoom) {
        int length = contentAndRoom.length - CHECKSUM;
        int crc = crc(key, contentAndRoom, length);
        for (int i = 0; i < CHECKSUM; i++) {
            contentAndRoom[length + i] = (byte) (crc >>> (24 - 8 * i));
        }
        return contentAndRoom;
    }

    /**
     * @return the length of the content
     * @throws DamagedValueException when content and checksum do not fit
     */
    static int check(long key, byte[] sealed) {
        int length = sealed.length - CHECKSUM;
        if (length < 0) {
            throw new DamagedValueException();
        }
        int crc = 0;
        for (int i = 0; i < CHECKSUM; i++) {
            crc = crc << 8 | (sealed[length + i] & 0xff);
        }
        if (crc != crc(key, sealed, length)) {
            throw new DamagedValueException();
        }
        return length;
    }

    static DataInputStream open(long key, byte[] sealed) {
        return new DataInputStream(new ByteArrayInputStream(sealed, 0, check(key, sealed)));
    }

    private static int crc(long key, byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (key >>> shift));
        }
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** The bytes are not the ones that were written. */
    static final class DamagedValueException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DamagedValueException() {
            super("a stored value does not fit its checksum");
        }
    }
}
