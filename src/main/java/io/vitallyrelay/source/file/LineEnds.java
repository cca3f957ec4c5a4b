package io.vitallyrelay.source.file;

/**
 * How the lines of a file end, judged by its beginning.
 *
 * @param carriageReturns whether in {@code \r} alone, as old spreadsheets write them
 * @param windows whether in {@code \r\n}
 */
record LineEnds(boolean carriageReturns, boolean windows) {
    /** How many bytes of a file are looked at: the same however often it is opened. */
    static final int LOOKED_AT = 64 * 1024;

    /** @param quote between two of which a line end is part of a value; -1 where there is none */
    static LineEnds of(byte[] b, int from, int to, int quote) {
        int returns = 0;
        int feeds = 0;
        int both = 0;
        boolean firstIsReturn = false;
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (b[i] == quote) {
                quoted = !quoted;
            } else if (b[i] == '\n' && !quoted) {
                feeds++;
            } else if (b[i] == '\r' && !quoted) {
                boolean pair = i + 1 < to && b[i + 1] == '\n';
                firstIsReturn |= !pair && returns + feeds + both == 0;
                both += pair ? 1 : 0;
                returns += pair ? 0 : 1;
                i += pair ? 1 : 0;
            }
        }
        return new LineEnds(firstIsReturn && returns > feeds + both, both > feeds);
    }
}
