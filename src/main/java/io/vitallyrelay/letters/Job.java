package io.vitallyrelay.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What somebody asked to be done to dead letters, and how far it is.
 *
 * @param id grows with each job
 * @param mended what the one letter is to be instead; null where each is taken as it is
 * @param why it is done, where that was said
 * @param by who asked, as they say
 * @param from the address they asked from
 * @param at when they asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Job(
        long id,
        Deed deed,
        Selection selection,
        Mended mended,
        String why,
        String by,
        String from,
        Instant at,
        Progress progress) {

    /** What is done. */
    public enum Deed {
        /** Letters become pending messages. */
        REPLAY,
        /** As a replay, but nothing is changed: it is told what would pass. */
        TRY,
        /** Letters are given up. */
        DISCARD;

        /** As it is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it goes on. */
    public enum State {
        WAITING,
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        /** As it is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Nothing more is done. */
        public boolean isOver() {
            return this != WAITING && this != RUNNING;
        }
    }

    /**
     * Another content for a letter.
     *
     * @param isMessage else it is a record, which its mapping makes messages of
     */
    public record Mended(boolean isMessage, JsonNode json) {}

    /** A letter that stays one. */
    public record Stay(long id, String why) {}

    /**
     * What a letter would become.
     *
     * @param messages as JSON, as they would be posted
     */
    public record Sample(long id, List<String> messages) {}

    /**
     * How far a job is: {@code passed + discarded + stayed + gone} of {@code selected} letters are through.
     *
     * @param selected {@link #NOT_COUNTED} where that is known only when the job begins
     * @param passed became messages, or would
     * @param stayed letters, as they would not pass
     * @param gone were no letters any more when their turn came
     * @param after the id of the last letter that is through
     * @param underWay those that are being changed: after a crash some of them are, and some are not
     * @param began when its first letter was taken; null before
     * @param ended null before it is over
     * @param failure why it ended before all were through
     * @param stays the first of those that stayed
     * @param first what the first letters would become; of a {@link Deed#TRY} alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(
            State state,
            long selected,
            long passed,
            long discarded,
            long stayed,
            long gone,
            long after,
            List<Long> underWay,
            Instant began,
            Instant ended,
            String failure,
            List<Stay> stays,
            List<Sample> first) {
        static final long NOT_COUNTED = -1;

        private static final int STAYS = 20;
        private static final int SAMPLES = 5;

        static Progress waiting(long selected) {
            return new Progress(
                    State.WAITING, selected, 0, 0, 0, 0, 0, List.of(), null, null, null, List.of(), List.of());
        }

        Progress begun(Instant now, long counted) {
            return new Progress(
                    State.RUNNING,
                    counted,
                    passed,
                    discarded,
                    stayed,
                    gone,
                    after,
                    underWay,
                    began == null ? now : began,
                    null,
                    null,
                    stays,
                    first);
        }

        Progress taking(List<Long> ids) {
            return new Progress(
                    state, selected, passed, discarded, stayed, gone, after, ids, began, ended, failure, stays, first);
        }

        /** Those that were {@link #taking taken} are through. */
        Progress through(long morePassed, long moreDiscarded, List<Stay> moreStays, List<Sample> more) {
            long all = underWay.size();
            return new Progress(
                    state,
                    selected,
                    passed + morePassed,
                    discarded + moreDiscarded,
                    stayed + moreStays.size(),
                    gone + all - morePassed - moreDiscarded - moreStays.size(),
                    underWay.get(underWay.size() - 1),
                    List.of(),
                    began,
                    ended,
                    failure,
                    joined(stays, moreStays, STAYS),
                    joined(first, more, SAMPLES));
        }

        Progress ended(State how, Instant now, String why) {
            return new Progress(
                    how, selected, passed, discarded, stayed, gone, after, underWay, began, now, why, stays, first);
        }

        private static <T> List<T> joined(List<T> these, List<T> more, int most) {
            if (more.isEmpty() || these.size() == most) {
                return these;
            }
            List<T> all = new ArrayList<>(these);
            all.addAll(more.subList(0, Math.min(more.size(), most - these.size())));
            return List.copyOf(all);
        }
    }

    Job at(Progress now) {
        return new Job(id, deed, selection, mended, why, by, from, at, now);
    }
}
