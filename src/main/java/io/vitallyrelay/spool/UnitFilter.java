package io.vitallyrelay.spool;

/**
 * Which units are meant.
 *
 * @param integration only those of this one, null for all
 * @param state only those of this state, null for all
 */
public record UnitFilter(String integration, State state) {
    public static final UnitFilter ALL = new UnitFilter(null, null);

    /** How a unit is; it can be more than one of them. */
    public enum State {
        /** Its source is not through with it. */
        READING,
        /** Something of it is pending. */
        PENDING,
        /** Its source is through with it, and nothing of it is pending. */
        SETTLED,
        /** Something of it became a dead letter. */
        DEAD
    }

    public boolean accepts(UnitCounts unit) {
        return (integration == null || unit.integration().equals(integration)) && (state == null || is(unit, state));
    }

    private static boolean is(UnitCounts unit, State state) {
        return switch (state) {
            case READING -> !unit.finished();
            case PENDING -> unit.pending() > 0;
            case SETTLED -> unit.finished() && unit.pending() == 0;
            case DEAD -> unit.dead() > 0;
        };
    }
}
