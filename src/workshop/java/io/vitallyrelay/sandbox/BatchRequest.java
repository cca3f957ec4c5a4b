package io.vitallyrelay.sandbox;

/**
 * A request to the batch endpoint, with its body read.
 *
 * @param authorization the header as it came, or null
 * @param contentType the header as it came, or null
 * @param body the bytes as they came; cut one byte after the limit where it is longer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying it would only cost
public record BatchRequest(String method, String authorization, String contentType, byte[] body) {}
