package io.vitallyrelay.source.file;

/** How records stand in a file. */
public enum FileFormat {
    /** RFC 4180 with a header: one row is one record. */
    CSV,
    /** One JSON value on each line. */
    JSON_LINES,
    /** One JSON array: each element is one record. */
    JSON_ARRAY
}
