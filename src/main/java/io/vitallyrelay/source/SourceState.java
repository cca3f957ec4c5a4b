package io.vitallyrelay.source;

import java.time.Instant;

/**
 * What keeps a source from being read.
 *
 * @param integration whose source it is
 * @param source what it is called, for example {@code queue users} or {@code table main}
 * @param problem what is wrong, without secrets, in words an operator understands
 * @param since when it began
 * @param down whether nothing goes on by itself, so that the service is not ready
 */
public record SourceState(String integration, String source, String problem, Instant since, boolean down) {}
