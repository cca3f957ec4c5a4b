package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Subject;

/**
 * What became of a message that was dealt to its lane.
 *
 * @param refusal null when it was delivered, else why it is a dead letter
 * @param subject of a dead letter, where it says that
 */
record Settlement(Dealt message, Refusal refusal, Subject subject) {

    static Settlement of(Dealt message, Refusal refusal) {
        return new Settlement(message, refusal, refusal == null ? null : Subject.of(message.json()));
    }

    boolean isDelivery() {
        return refusal == null;
    }
}
