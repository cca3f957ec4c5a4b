package io.vitallyrelay.delivery;

/** What an answer means for the messages that were sent. */
public enum Verdict {
    /** The endpoint has them. */
    DELIVERED,
    /** Not now: send the same again later. An outage never makes dead letters. */
    RETRY,
    /** Something among them is refused: send the halves. */
    SPLIT,
    /** The one message is refused for its content: it becomes a dead letter. */
    REJECTED;

    /**
     * @param status the HTTP status of the answer
     * @param messages how many messages were sent, at least 1
     */
    public static Verdict of(int status, int messages) {
        return switch (status) {
            case 200 -> DELIVERED;
            case 400, 413, 422 -> messages > 1 ? SPLIT : REJECTED;
            default -> RETRY;
        };
    }
}
