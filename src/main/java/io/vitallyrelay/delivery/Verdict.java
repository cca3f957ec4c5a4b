package io.vitallyrelay.delivery;

/** What an answer, or its absence, means for the messages that were sent; which means what stands in {@link Verdicts}. */
public enum Verdict {
    /** The endpoint has them. */
    DELIVERED,
    /** Not now: send the same again later. An outage never makes dead letters. */
    RETRY,
    /** Nothing gets through until an operator has mended something: all lanes wait. Never makes dead letters. */
    HOLD,
    /** Something among them is refused: send the halves. */
    SPLIT,
    /** The one message is refused for its content: it becomes a dead letter. */
    REJECTED
}
