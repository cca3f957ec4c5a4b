package io.vitallyrelay.demo;

import io.vitallyrelay.cli.CommandException;
import io.vitallyrelay.cli.DeadLetterList;
import io.vitallyrelay.cli.LedgerTable;
import io.vitallyrelay.cli.ServiceClient;
import io.vitallyrelay.ledger.LedgerView;
import io.vitallyrelay.sample.Fed;
import io.vitallyrelay.sample.Feed;
import io.vitallyrelay.sample.Sample;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the service at work, with the samples of all integrations and a sandbox in place of Vitally. */
@Command(
        name = "demo",
        description = {
            "Sends the sample of every integration (routes/*/sample.*) to a sandbox on this machine and shows what becomes of it.",
            "Settings, data and environment variables of a real service have no part in it."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int LETTERS_SHOWN = 20;
    private static final long MOMENT_MILLIS = 500;

    private final PrintStream out = System.out;

    @Option(names = "--once", description = "ends when all is settled: with status 0 if it balances, else 1")
    private boolean once;

    @Option(names = "--port", paramLabel = "N", description = "the service listens there; default: any free port")
    private int port;

    @Option(names = "--keep", description = "keeps the folder with the data and the service's log")
    private boolean keep;

    @Override
    public Integer call() throws IOException, CommandException, InterruptedException {
        Installation installation = Installation.current();
        List<Sample> samples = Sample.in(installation.routes());
        if (samples.isEmpty()) {
            throw new CommandException(
                    "no integration has a sample: there is no " + installation.routes() + "/*/sample.*");
        }
        int freePort = ServiceProcess.freePort(port);
        Demo demo = new Demo(DemoFolder.create(), keep);
        Runtime.getRuntime().addShutdownHook(new Thread(demo::close));
        if (keep) {
            out.println("Data and log stay in " + demo.folder().path());
        }
        try {
            return show(demo, installation, freePort, samples);
        } catch (CommandException e) {
            // Ctrl-C reaches the service too, maybe before this program: no reason to complain that it ends
            if (demo.closesWithin(MOMENT_MILLIS)) {
                return 1;
            }
            throw e;
        } finally {
            demo.close();
        }
    }

    private int show(Demo demo, Installation installation, int freePort, List<Sample> samples)
            throws IOException, CommandException, InterruptedException {
        out.println("Starting a sandbox, a broker and the service ...");
        demo.start(installation, freePort);
        List<Fed> fed = feed(samples, demo.feeds());
        LedgerView ledger = demo.awaitSettled(fed, new Progress(out, Boolean.getBoolean("relay.terminal")));
        out.println();
        out.println(LedgerTable.of(
                ledger, samples.stream().map(Sample::integration).distinct().toList()));
        showDeadLetters(demo.client());
        SandboxProcess.Seen seen = demo.seenBySandbox();
        out.println("\nSandbox: " + seen + ".");
        Balance balance = new Balance(ledger, seen.accepted());
        out.println(balance);
        if (!once) {
            showWhatToTry(demo);
            demo.awaitClosing();
        }
        return balance.holds() ? 0 : 1;
    }

    private List<Fed> feed(List<Sample> samples, Map<Sample.Kind, Feed> feeds) throws IOException {
        List<Fed> fed = new ArrayList<>();
        for (Sample sample : samples) {
            Feed feed = feeds.get(sample.kind());
            if (feed == null) {
                out.println(sample + " is left out: the demo has no source of its kind.");
            } else {
                fed.add(feed.feed(sample));
            }
        }
        return fed;
    }

    private void showDeadLetters(ServiceClient client) throws CommandException, InterruptedException {
        DeadLetterList found = client.deadLetters(Map.of(), LETTERS_SHOWN);
        if (found.total() > 0) {
            out.println("\nDead letters: " + found.total()
                    + (found.total() > LETTERS_SHOWN ? ", of which the first " + LETTERS_SHOWN + " are" : ""));
            out.println(found.table());
        }
    }

    private void showWhatToTry(Demo demo) {
        String service = demo.client().service().toString();
        out.println("""

                The service goes on at %1$s
                  curl %1$s/api/ledger
                  curl '%1$s/api/dead-letters?limit=10'
                  curl %1$s/q/metrics
                  %2$s/relay status --url %1$s
                Files put into %3$s/inbox/<integration> are read.
                Ctrl-C ends it.""".formatted(
                        service, Installation.current().home(), demo.folder().data()));
    }
}
