package io.vitallyrelay.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.NotJsonException;
import io.vitallyrelay.source.text.RecordText;
import io.vitallyrelay.spool.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a file yields: a record, read or not yet, or a piece that should have been one. */
public sealed interface FileRecord {
    /** The line on which it begins, counted from 1. */
    long line();

    /** The record, read. */
    default FileRecord read() throws IOException {
        return this;
    }

    /** What a dead letter keeps of it. */
    Content content();

    /**
     * A record.
     *
     * @param body from CSV an object of texts; from JSON any value, an object or not; never null
     */
    record Read(long line, JsonNode body) implements FileRecord {
        @Override
        public Content content() {
            return Content.record(body.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * The JSON text of a record, or of what is none: that shows when it is read.
     *
     * @param json valid UTF-8 without a NUL. Not copied: nobody may change it
     */
    @SuppressWarnings("ArrayRecordComponent") // there is one for each record of a file, and none is ever compared
    record Unread(long line, byte[] json, JsonText reader) implements FileRecord {
        /** The text in {@code [from, to)}, or a {@link Bad} where it cannot be read at all. */
        static FileRecord of(long line, byte[] b, int from, int to, JsonText reader) {
            String problem = reader.problem(b, from, to);
            return problem == null
                    ? new Unread(line, Arrays.copyOfRange(b, from, to), reader)
                    : Bad.of(line, problem, b, from, to);
        }

        /** A {@link Read} or a {@link Bad}. */
        @Override
        public FileRecord read() throws IOException {
            try {
                return new Read(line, reader.value(json, 0, json.length));
            } catch (NotJsonException e) {
                return Bad.of(line, e.getMessage(), json, 0, json.length);
            }
        }

        @Override
        public Content content() {
            return Content.raw(json, false);
        }
    }

    /**
     * A piece of the file that is no record.
     *
     * @param raw its first bytes, at most {@value #RAW_LIMIT}, without the line end. In a file of another charset these
     *     are UTF-8 too, with a byte 0xFF for each sequence that could not be read
     * @param isCut whether they are not all
     */
    @SuppressWarnings("ArrayRecordComponent") // read once on its way to the dead letters, never compared
    record Bad(long line, Problem problem, byte[] raw, boolean isCut) implements FileRecord {
        public static final int RAW_LIMIT = RecordText.HEAD_BYTES;

        /** @param reason what is wrong with it, in plain words */
        static Bad of(long line, String reason, byte[] b, int from, int to) {
            byte[] raw = RecordText.head(b, from, to);
            return new Bad(line, Problem.malformed(reason), raw, raw.length < to - from);
        }

        @Override
        public Content content() {
            return Content.raw(raw, isCut);
        }
    }
}
