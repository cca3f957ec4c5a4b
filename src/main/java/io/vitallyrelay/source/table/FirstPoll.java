package io.vitallyrelay.source.table;

/** What the first poll of a table does with the rows that are there already. */
public enum FirstPoll {
    /** They are read like all others. */
    ALL,
    /** They are passed over: only what changes afterwards is read. */
    NOW
}
