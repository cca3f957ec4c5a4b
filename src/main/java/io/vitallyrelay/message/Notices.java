package io.vitallyrelay.message;

/** Is told of what was admitted although it is likely a mistake. Implementations are thread-safe and quick. */
@FunctionalInterface
public interface Notices {

    /**
     * @param count how many there are in this message, 1 or more
     * @param detail which, safe to log; may be empty
     */
    void told(Notice notice, int count, String detail, Origin origin);
}
