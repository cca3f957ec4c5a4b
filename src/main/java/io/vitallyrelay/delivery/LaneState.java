package io.vitallyrelay.delivery;

import java.util.Locale;

/** What a lane does at the moment. Told by the threads of the lane, one after the other; asked by any. */
public final class LaneState {
    /** What it does. */
    public enum Doing {
        /** It has nothing to send. */
        IDLE,
        /** It gathers messages until the batch is full or its window is over. */
        COLLECTING,
        /** It waits until the gate lets it send. */
        WAITING,
        /** A request is under way, or what it settles is being written. */
        SENDING,
        /** It stands still until a restart, as something failed that is not about a message. */
        FAILED;

        /** As it is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param messages in its batch while it collects, and in its request while it waits or sends; else 0
     * @param failure why it stands still, null where it does not
     */
    public record Now(Doing doing, int messages, String failure) {}

    private static final Now IDLE = new Now(Doing.IDLE, 0, null);

    private final int lane;
    private volatile Now now = IDLE;

    LaneState(int lane) {
        this.lane = lane;
    }

    /** Its number, from 0. */
    public int lane() {
        return lane;
    }

    public Now now() {
        return now;
    }

    void is(Doing doing, int messages) {
        now = new Now(doing, messages, null);
    }

    /** Nothing is in its hands any more. */
    public void idle() {
        now = IDLE;
    }

    /** It stands still until a restart. */
    public void failed(String reason) {
        now = new Now(Doing.FAILED, 0, reason);
    }
}
