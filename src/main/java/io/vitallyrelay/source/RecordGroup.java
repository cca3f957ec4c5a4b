package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.ContractException;

/**
 * Some rows in one exchange, for routes that hand them to the spool as they are: the cost of an exchange is then shared. Each is
 * still a record of its own, which is taken or refused by itself.
 */
public interface RecordGroup {
    /** Puts each row, as the admission takes or refuses it, into the spool. */
    void takeRest(Admission admission) throws InterruptedException;

    /** Takes a row into the spool, for example after the check against the contract. */
    @FunctionalInterface
    interface Admission {
        /**
         * Takes a row as its JSON text, where that can be done without reading it.
         *
         * @return false when the row is to be given to {@link #admit}
         */
        default boolean admitText(byte[] json, RecordInHand hand) {
            return false;
        }

        void admit(JsonNode row, RecordInHand hand) throws ContractException;
    }
}
