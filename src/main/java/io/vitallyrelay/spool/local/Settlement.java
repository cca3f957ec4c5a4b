package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Refusal;

/**
 * What became of a message that was dealt to its lane.
 *
 * @param refusal null when it was delivered, else why it is a dead letter
 */
record Settlement(Dealt message, Refusal refusal) {

    boolean isDelivery() {
        return refusal == null;
    }
}
