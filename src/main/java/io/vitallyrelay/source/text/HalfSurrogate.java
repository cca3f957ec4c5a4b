package io.vitallyrelay.source.text;

/**
 * Finds the escape of a UTF-16 surrogate without its other half, as <code>&#92;ud83d</code> alone. JSON's grammar allows
 * it, but no UTF-8 can be written from it later.
 */
final class HalfSurrogate {
    private HalfSurrogate() {}

    /** Whether valid JSON in {@code [from, to)} contains one. */
    static boolean escapedIn(byte[] b, int from, int to) {
        int i = ByteSearch.indexOf(b, from, to, (byte) '\\');
        while (i >= 0) {
            int unit = unit(b, i, to);
            int next = i + 2;
            if (unit >= 0) {
                next = i + 6;
                if (Character.isLowSurrogate((char) unit)) {
                    return true;
                }
                if (Character.isHighSurrogate((char) unit)) {
                    int second = next < to && b[next] == '\\' ? unit(b, next, to) : -1;
                    if (second < 0 || !Character.isLowSurrogate((char) second)) {
                        return true;
                    }
                    next += 6;
                }
            }
            i = ByteSearch.indexOf(b, next, to, (byte) '\\');
        }
        return false;
    }

    /** The UTF-16 unit that the escape at i means; -1 when it is another kind of escape. */
    private static int unit(byte[] b, int i, int to) {
        if (i + 6 > to || b[i + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int k = i + 2; k < i + 6; k++) {
            unit = unit << 4 | Character.digit(b[k], 16);
        }
        return unit;
    }
}
