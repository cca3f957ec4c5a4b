package io.vitallyrelay.spool;

/**
 * How the spool is.
 *
 * @param pending messages neither delivered nor dead
 * @param bytes bytes of pending messages and dead letters
 * @param maxBytes the limit above which sources wait
 * @param failure what keeps the store from writing, null when all is well
 */
public record SpoolStatus(long pending, long bytes, long maxBytes, String failure) {

    /** Whether sources wait for room. */
    public boolean full() {
        return bytes >= maxBytes;
    }
}
