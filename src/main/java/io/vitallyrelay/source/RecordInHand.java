package io.vitallyrelay.source;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.RecordIntake;

/** The record that a route works on: where it came from, and where what it becomes is gathered. */
public interface RecordInHand {

    Origin origin();

    RecordIntake intake();

    /** What a dead letter keeps of it. */
    Content content();

    /** It becomes a dead letter, and nothing else: all that it became so far is thrown away. */
    default void bury(Problem problem) {
        intake().discard();
        intake().dead(problem.dead(origin().position(), content()));
    }

    /** It becomes a dead letter where its route let it go before it came to the spool. Called when it is through. */
    default void buryIfLost() {
        if (!intake().hasArrived()) {
            bury(Problem.LOST);
        }
    }

    /** It failed in the route, and nobody made it a dead letter. */
    void failed(Exception failure);

    /** What it became is complete. Called by whoever put the record into the route. */
    void done() throws InterruptedException;
}
