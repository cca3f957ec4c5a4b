package io.vitallyrelay.spool;

/**
 * Dead letters with the same trouble.
 *
 * @param status of the answers that refused them, 0 where there were none
 * @param reason as {@link Reasons#withoutValues}; null for those of more kinds than are told apart
 * @param letters how many there are
 */
public record LetterGroup(String integration, DeadLetterCode code, int status, String reason, long letters) {}
