package io.vitallyrelay.cli;

import io.vitallyrelay.ledger.LedgerView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the ledger of a running service. */
@Command(name = "status", description = "Shows the ledger of a running service, by integration.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ServiceOption service;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        LedgerView ledger = service.client().ledger();
        System.out.println(LedgerTable.of(ledger));
        if (ledger.held()) {
            System.out.println();
            System.out.println(HeldLanes.told(ledger.holds()));
        }
        return 0;
    }
}
