package io.vitallyrelay.demo;

import io.vitallyrelay.cli.CommandException;
import io.vitallyrelay.cli.ServiceClient;
import io.vitallyrelay.ledger.LedgerView;
import io.vitallyrelay.sample.Fed;
import io.vitallyrelay.sample.Feed;
import io.vitallyrelay.sample.InboxFeed;
import io.vitallyrelay.sample.QueueFeed;
import io.vitallyrelay.sample.Sample;
import io.vitallyrelay.sample.TableFeed;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A sandbox, a broker, a database, and a service between them. Closing ends all of them and removes their folder; a second thread may do that at any
 * time, as it happens at Ctrl-C.
 */
final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 200;
    private static final int LINES_OF_LOG = 30;

    private final CountDownLatch closing = new CountDownLatch(1);
    private final DemoFolder folder;
    private final boolean keep;
    private SandboxProcess sandbox;
    private BrokerProcess broker;
    private ServiceProcess service;
    private DemoDatabase database;

    /** @param keep leaves the folder where it is at the end */
    Demo(DemoFolder folder, boolean keep) {
        this.folder = folder;
        this.keep = keep;
    }

    /** Starts them and waits until the service is ready. */
    void start(Installation installation, int port) throws IOException, CommandException, InterruptedException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        startProcesses(installation, HexFormat.of().formatHex(random), port);
        await("the service is not ready", service.client()::ready);
    }

    // closing waits for this: else it could miss a process that is just being started
    private synchronized void startProcesses(Installation installation, String token, int port)
            throws IOException, CommandException {
        if (closing.getCount() == 0) {
            throw new CommandException("ended before it began");
        }
        sandbox = SandboxProcess.start(installation, token);
        broker = BrokerProcess.start(installation, folder);
        database = DemoDatabase.start(token);
        service = ServiceProcess.start(installation, folder, sandbox, broker, token, port, database.options());
    }

    ServiceClient client() {
        return service.client();
    }

    /** The ways into the sources of the service. */
    Map<Sample.Kind, Feed> feeds() {
        return Map.of(
                Sample.Kind.FILE,
                new InboxFeed(folder.data()),
                Sample.Kind.QUEUE,
                new QueueFeed(broker.url()),
                Sample.Kind.TABLE,
                new TableFeed(database::connect, this::pollsOf));
    }

    private long pollsOf(String integration) throws IOException {
        try {
            return client().get("/api/tables", TablePolls.class).of(integration);
        } catch (CommandException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private record TablePolls(List<Polled> tables) {
        private record Polled(String integration, long polls) {}

        long of(String integration) {
            return tables.stream()
                    .filter(table -> table.integration.equals(integration))
                    .mapToLong(Polled::polls)
                    .sum();
        }
    }

    DemoFolder folder() {
        return folder;
    }

    SandboxProcess.Seen seenBySandbox() throws CommandException, InterruptedException {
        return sandbox.seen();
    }

    /** Returns the ledger in which all samples are read and nothing is pending. */
    LedgerView awaitSettled(List<Fed> samples, Progress progress)
            throws IOException, CommandException, InterruptedException {
        AtomicReference<LedgerView> ledger = new AtomicReference<>();
        try {
            await("a sample is unread or a message pending", () -> {
                // looked at first: once they are taken, the ledger has all that they held
                boolean taken = areTaken(samples);
                ledger.set(client().ledger());
                progress.show(ledger.get());
                return taken && ledger.get().pending() == 0;
            });
        } finally {
            progress.end();
        }
        return ledger.get();
    }

    private static boolean areTaken(List<Fed> samples) throws IOException {
        for (Fed sample : samples) {
            if (!sample.isTaken()) {
                return false;
            }
        }
        return true;
    }

    /** Watches over the service until the demo is closed by another thread. */
    void awaitClosing() throws CommandException, InterruptedException {
        while (!closesWithin(POLL_MILLIS)) {
            checkThatServiceLives();
        }
    }

    boolean closesWithin(long millis) throws InterruptedException {
        return closing.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closing.countDown();
        endProcesses();
    }

    private synchronized void endProcesses() {
        if (service != null) {
            end(service.process());
        }
        if (broker != null) {
            end(broker.process());
        }
        if (sandbox != null) {
            end(sandbox.process());
        }
        if (database != null) {
            database.close();
        }
        if (!keep) {
            folder.delete();
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void await(String otherwise, Condition condition)
            throws IOException, CommandException, InterruptedException {
        long begin = System.nanoTime();
        while (!holds(condition)) {
            checkThatServiceLives();
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw failed("after %d s %s".formatted(PATIENCE.toSeconds(), otherwise));
            }
            if (closesWithin(POLL_MILLIS)) {
                throw new CommandException("ended");
            }
        }
    }

    private boolean holds(Condition condition) throws IOException, CommandException, InterruptedException {
        try {
            return condition.holds();
        } catch (CommandException e) {
            // no answer is how the end of the service shows first
            service.process().waitFor(1, TimeUnit.SECONDS);
            checkThatServiceLives();
            throw e;
        }
    }

    private void checkThatServiceLives() throws CommandException {
        if (!service.process().isAlive()) {
            throw failed("the service ended with status " + service.process().exitValue());
        }
    }

    private CommandException failed(String what) {
        return new CommandException(what + "; the end of its log:\n" + folder.tailOfLog(LINES_OF_LOG));
    }

    private interface Condition {
        boolean holds() throws IOException, CommandException, InterruptedException;
    }
}
