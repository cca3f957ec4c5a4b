package io.vitallyrelay.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a dead letter was one for before it was replayed, and became one again.
 *
 * @param at when it became one
 * @param status of the answer, 0 where there was none
 */
public record Earlier(Instant at, DeadLetterCode code, String reason, int status) {
    /** So many are told of, the last ones. */
    public static final int MOST = 10;

    /** What a message was before, that is made of that letter. */
    public static List<Earlier> historyOf(DeadLetter letter) {
        List<Earlier> history = new ArrayList<>(letter.history());
        Refusal refusal = letter.refusal();
        history.add(new Earlier(letter.at(), refusal.code(), refusal.reason(), refusal.status()));
        return List.copyOf(history.subList(Math.max(0, history.size() - MOST), history.size()));
    }
}
