package io.vitallyrelay.settings;

/** When appended messages are forced to disk. */
public enum SpoolSync {
    /** Before their source is acknowledged: nothing read is lost, whatever crashes. */
    ALWAYS,
    /** At short intervals: faster, but a power failure can lose what was appended since the last one. */
    INTERVAL
}
