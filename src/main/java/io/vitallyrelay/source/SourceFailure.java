package io.vitallyrelay.source;

/** Marks what is thrown because of a source and not of one of its records: no record becomes a dead letter for it. */
public interface SourceFailure {}
