package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;

/** What a file yields: a record, or a piece that should have been one. */
public sealed interface FileRecord {
    /** The line on which it begins, counted from 1. */
    long line();

    /**
     * A record.
     *
     * @param body from CSV an object of texts; from JSON any value, an object or not; never null
     */
    record Row(long line, JsonNode body) implements FileRecord {}

    /**
     * A piece of the file that is no record.
     *
     * @param reason what is wrong with it, in plain words
     * @param raw its first bytes, at most {@value #RAW_LIMIT}, without the line end. In a file of another charset these
     *     are UTF-8 too, with a byte 0xFF for each sequence that could not be read
     * @param rawLength all its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // read once on its way to the dead letters, never compared
    record BadRow(long line, String reason, byte[] raw, long rawLength) implements FileRecord {
        public static final int RAW_LIMIT = 64 * 1024;
    }
}
