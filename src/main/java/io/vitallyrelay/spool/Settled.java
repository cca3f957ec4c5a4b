package io.vitallyrelay.spool;

/**
 * What became of a pending message.
 *
 * @param position of the message
 * @param refusal null when it was delivered, else why it is a dead letter
 */
public record Settled(long position, Refusal refusal) {

    public static Settled delivered(Pending message) {
        return new Settled(message.position(), null);
    }

    public static Settled dead(Pending message, Refusal refusal) {
        return new Settled(message.position(), refusal);
    }
}
