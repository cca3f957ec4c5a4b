package io.vitallyrelay.spool;

/**
 * What became of a pending message.
 *
 * @param message the message, as it was taken
 * @param refusal null when it was delivered, else why it is a dead letter
 */
public record Settlement(PendingMessage message, Refusal refusal) {

    public static Settlement delivered(PendingMessage message) {
        return new Settlement(message, null);
    }

    public static Settlement dead(PendingMessage message, Refusal refusal) {
        return new Settlement(message, refusal);
    }

    boolean isDelivery() {
        return refusal == null;
    }

    MessageState state() {
        return isDelivery() ? MessageState.DELIVERED : MessageState.DEAD;
    }
}
