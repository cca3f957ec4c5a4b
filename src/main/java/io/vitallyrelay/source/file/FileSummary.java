package io.vitallyrelay.source.file;

/**
 * What became of a file.
 *
 * @param records that were read, the bad ones included
 * @param messages that they became, and are not among the dead letters
 * @param dead messages and records among the dead letters so far
 * @param skipped records that the mapping dropped on purpose
 */
public record FileSummary(long records, long messages, long dead, long skipped) {
    @Override
    public String toString() {
        return records + " records, " + messages + " messages, " + dead + " dead, " + skipped + " skipped";
    }
}
