package io.vitallyrelay.spool;

import java.util.List;

/**
 * Some of the dead letters that a filter accepts.
 *
 * @param total how many it accepts in all
 * @param letters those of the page, oldest first
 */
public record DeadLetterPage(long total, List<DeadLetter> letters) {}
