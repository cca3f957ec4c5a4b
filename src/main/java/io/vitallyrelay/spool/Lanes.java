package io.vitallyrelay.spool;

import java.util.List;

/** The ordered streams out of the spool. Messages of one entity always share a lane. */
public interface Lanes {

    /**
     * Takes a lane over from whoever had it. What was polled from it and not settled is given again.
     *
     * @param number from 0 to one less than there are lanes
     */
    Lane open(int number);

    /** The messages of each lane, by its number; all of them at the same moment. */
    List<LaneCounts> counts();
}
