package io.vitallyrelay.delivery;

/**
 * What came back for a batch.
 *
 * @param status the HTTP status
 * @param text the first characters of the body, never null
 */
public record Answer(int status, String text) {
    /** So much of an answer is kept, in characters. */
    public static final int KEPT = 2048;

    public Answer {
        text = text.length() > KEPT ? text.substring(0, KEPT) : text;
    }
}
