package io.vitallyrelay.delivery;

import java.util.ArrayList;
import java.util.List;

/** Why an integration waits, and when one of its messages is tried. Guarded by {@link IntegrationHolds}; times are of its ticker. */
final class HeldIntegration {
    private Hold operators;
    private Hold refused;
    private boolean released;
    private long nextProbe;

    void byOperator(Hold hold) {
        operators = hold;
    }

    /** Its messages are refused; one is tried from that time on. */
    void byRefusals(Hold hold, long probeAt) {
        refused = hold;
        released = false;
        nextProbe = probeAt;
    }

    boolean isByOperator() {
        return operators != null;
    }

    boolean isByRefusals() {
        return refused != null;
    }

    /** No hold is told of any more; one message is tried before the others go on. */
    void release(long now) {
        operators = null;
        released = true;
        nextProbe = now;
    }

    boolean isReleased() {
        return released && operators == null;
    }

    /** The message that was tried after the release is refused: as before, or for the reason given. */
    void back(Hold hold, long probeAt) {
        byRefusals(refused == null ? hold : refused, probeAt);
    }

    /** Whether one message is tried now and then; not while an operator holds. */
    boolean isProbed() {
        return operators == null && (refused != null || released);
    }

    boolean isProbeDue(long now) {
        return isProbed() && now - nextProbe >= 0;
    }

    void probed(long nextAt) {
        nextProbe = nextAt;
    }

    /** What is to be told of. */
    List<Hold> told() {
        List<Hold> told = new ArrayList<>();
        if (operators != null) {
            told.add(operators);
        }
        if (refused != null && !released) {
            told.add(refused);
        }
        return told;
    }
}
