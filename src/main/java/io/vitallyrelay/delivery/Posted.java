package io.vitallyrelay.delivery;

import java.time.Duration;

/**
 * A request and what came of it.
 *
 * @param messages in it
 * @param bytes of its body
 * @param took from making its body to its answer, or to the failure in its place
 * @param answer null where there was none
 * @param failure why there was none, without secrets; null where there was one
 */
public record Posted(
        int lane, int messages, long bytes, Duration took, Verdict verdict, Answer answer, String failure) {}
