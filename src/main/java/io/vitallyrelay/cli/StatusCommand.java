package io.vitallyrelay.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says how it goes with a running service. Ends with 0 whatever it says: it was asked for that, and said it. */
@Command(
        name = "status",
        description = "Shows how it goes with a running service: its integrations, their messages, and what is held.")
final class StatusCommand implements Callable<Integer> {
    private static final long BETWEEN_LOOKS_MILLIS = 2000;

    @Mixin
    private ServiceOption service;

    @Option(names = "--watch", description = "shows it every 2 seconds, until Ctrl-C")
    private boolean watch;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        ServiceClient client = service.client();
        if (!watch) {
            System.out.println(json.isAsked() ? JsonOption.text(ServiceStatus.json(client)) : ServiceStatus.of(client));
            return 0;
        }
        // a wrong address is told at once; a service that is away later comes back
        client.tree(IntegrationList.PATH);
        endWell();
        boolean terminal = System.console() != null;
        StatusWatch looks = new StatusWatch(client, json.isAsked(), terminal, System.out, InstantSource.system());
        if (terminal && !json.isAsked()) {
            System.out.print("\u001b[2J");
        }
        while (!System.out.checkError()) {
            looks.look();
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        }
        return 0;
    }

    /** Ctrl-C is how one ends it, and no failure. */
    private static void endWell() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
    }
}
