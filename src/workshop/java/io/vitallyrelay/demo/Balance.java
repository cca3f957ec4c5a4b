package io.vitallyrelay.demo;

import io.vitallyrelay.ledger.LedgerView;

/** Whether all that was read has ended well known, and the sandbox has what the service calls delivered. */
record Balance(LedgerView ledger, long accepted) {

    boolean holds() {
        return ledger.pending() == 0 && unbalancedUnits() == 0 && ledger.delivered() == accepted;
    }

    /** One sentence for people. */
    @Override
    public String toString() {
        String counts = holds()
                ? "Balanced: %d read = %d delivered + %d dead + %d pending, and the sandbox accepted %d."
                : "NOT balanced: %d read, %d delivered, %d dead, %d pending; the sandbox accepted %d.";
        return counts.formatted(ledger.read(), ledger.delivered(), ledger.dead(), ledger.pending(), accepted);
    }

    private long unbalancedUnits() {
        return ledger.units().stream()
                .filter(u -> u.read() != u.delivered() + u.dead() + u.discarded() + u.pending())
                .count();
    }
}
