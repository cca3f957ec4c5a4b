package io.vitallyrelay.sandbox;

/**
 * A message that keeps all rules, and where it stands in the body.
 *
 * @param messageId null where the message has none
 * @param from index of its first byte in the body
 * @param to index after its last byte
 */
record ReceivedMessage(String messageId, int from, int to) {}
