package io.vitallyrelay.spool;

/**
 * What a dead letter holds.
 *
 * @param bytes in UTF-8, apart from what could not be read as text; not copied: nobody may change them
 * @param isCut whether they are the beginning only, so that nothing can be made of them again
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
public record Content(Form form, byte[] bytes, boolean isCut) {

    /** What the bytes are. */
    public enum Form {
        /** The message as it was sent. */
        MESSAGE,
        /** The record as its mapping saw it, as JSON: a row of CSV with the names of its columns. */
        RECORD,
        /** What was read and became no record. */
        RAW
    }

    public static Content message(byte[] json) {
        return new Content(Form.MESSAGE, json, false);
    }

    public static Content record(byte[] json) {
        return new Content(Form.RECORD, json, false);
    }

    public static Content raw(byte[] read, boolean isCut) {
        return new Content(Form.RAW, read, isCut);
    }
}
