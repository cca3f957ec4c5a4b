package io.vitallyrelay.delivery;

import java.time.Duration;

/**
 * What came back for a batch.
 *
 * @param status the HTTP status
 * @param text the first characters of the body, never null, without secrets
 * @param body what the body is
 * @param pause how long the endpoint asks to wait, null where it does not
 */
public record Answer(int status, String text, AnswerBody body, Duration pause) {
    /** So much of an answer is kept, in characters. */
    public static final int KEPT = 2048;

    public Answer {
        text = text.length() > KEPT ? text.substring(0, KEPT) : text;
    }

    /** An answer whose body came whole and that asks for no pause. */
    public Answer(int status, String text) {
        this(status, text, AnswerBody.JSON, null);
    }

    /** @param doubtful whether the body is cut or is not JSON */
    Answer(int status, String text, boolean doubtful, Duration pause) {
        this(status, text, doubtful ? AnswerBody.DOUBTFUL : AnswerBody.JSON, pause);
    }

    /** Whether its body is not the documented one. */
    public boolean doubtful() {
        return body != AnswerBody.JSON;
    }
}
