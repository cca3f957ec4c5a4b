package io.vitallyrelay.sample;

import java.io.IOException;

/** A sample that was given to its source. */
@FunctionalInterface
public interface Fed {

    /** Whether the source is through with it: all that it held is in the spool or a dead letter. */
    boolean isTaken() throws IOException;

    /** What a file written beforehand can call the place of a dead letter. */
    default String nameOf(String position) {
        return position;
    }
}
