package io.vitallyrelay.spool;

import java.util.List;

/**
 * Some of the dead letters that a filter accepts.
 *
 * @param total how many it accepts in all; {@link #UNKNOWN} where not all were looked at
 * @param letters those of the page, oldest first; where there are more, they may be fewer than were asked for, and none
 * @param next the id behind which the search goes on; {@link #END} where there is nothing behind
 */
public record DeadLetterPage(long total, List<DeadLetter> letters, long next) {
    public static final long UNKNOWN = -1;
    public static final long END = -1;
}
