package io.vitallyrelay.message;

/**
 * A message that fulfils the contract and is ready to be posted.
 *
 * @param type what it is
 * @param messageId what Vitally tells duplicates by: fixed here, the same in every retry, split and replay
 * @param entity whom it is about, e.g. {@code user:u1}; messages of one entity stay in order
 * @param json the message in UTF-8, exactly as it is posted. Not copied: nobody may change it
 */
@SuppressWarnings("ArrayRecordComponent") // a copy for each reader would cost more than all of the stamping
public record Message(MessageType type, String messageId, String entity, byte[] json) {}
