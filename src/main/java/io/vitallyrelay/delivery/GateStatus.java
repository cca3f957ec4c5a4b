package io.vitallyrelay.delivery;

import java.time.Instant;
import java.util.Locale;

/**
 * Whether requests pass the gate.
 *
 * @param until when the pause is over; null where no time ends what is
 * @param reason why not all pass; null where they do
 * @param requestsAtOnce at most
 * @param perSecond requests a second at most; null where nothing limits them
 */
public record GateStatus(State state, Instant until, String reason, int requestsAtOnce, Double perSecond) {
    /** How it is. */
    public enum State {
        /** Requests pass, as many as the endpoint takes. */
        OPEN,
        /** A hold keeps all of them back. */
        HELD,
        /** Released: one request is tried, and the others wait until it has passed. */
        PROBING,
        /** The endpoint asked for a pause, or refuses all for now (429). */
        PAUSED,
        /** Requests fail one after the other, so one at a time is tried. */
        FAILING;

        /** As it is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
