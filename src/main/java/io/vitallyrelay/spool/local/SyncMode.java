package io.vitallyrelay.spool.local;

/** When a flush returns. */
public enum SyncMode {
    /** After the fsync: an acknowledged record survives a loss of power. */
    ALWAYS,
    /** After the write; an fsync follows within a second. A killed process loses nothing, a loss of power up to a second. */
    INTERVAL
}
