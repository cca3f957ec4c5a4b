package io.vitallyrelay.spool;

import io.vitallyrelay.message.Message;

/** What a record became; some become several of them. */
public sealed interface Outcome {

    /** @param position the place of the record inside its unit */
    record Appended(Message message, String position) implements Outcome {}

    /** It became no message. */
    record Dead(DeadRecord record) implements Outcome {}

    /** Its mapping dropped it on purpose. */
    record Skipped() implements Outcome {}
}
