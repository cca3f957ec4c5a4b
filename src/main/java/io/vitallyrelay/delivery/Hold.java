package io.vitallyrelay.delivery;

import java.time.Instant;

/** Why all lanes wait, in words an operator understands, and since when. */
public record Hold(String reason, Instant since) {}
