package io.vitallyrelay.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vitallyrelay.letters.Job.Deed;
import io.vitallyrelay.letters.Job.Progress;
import io.vitallyrelay.letters.Job.State;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolClosedException;
import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Replays and discards dead letters in the background, one job after the other. A job is on disk before it is begun, and goes on
 * where it was when the service stopped or was killed. Thread-safe.
 */
public final class Jobs {
    /** So many that are over are kept. */
    private static final int KEPT = 100;

    private final DeadLetters letters;
    private final Replay replay;
    private final Deeds deeds;
    private final InstantSource clock;
    private final Audit audit;
    private final JobFiles files;
    private final HeadRoom headRoom;
    private final Consumer<Job> ended;
    private final TreeMap<Long, Job> jobs = new TreeMap<>();
    private final Set<Long> cancelled = new HashSet<>();
    private boolean stopped;

    /**
     * Goes on with those that the folder has.
     *
     * @param folder where the jobs are kept
     * @param percent of what is sent, and of the time, may be a replay's while other messages wait, 1 to 100
     * @param ended is told each job that is over
     * @throws UncheckedIOException when the jobs cannot be read
     */
    public static Jobs in(
            Path folder,
            Spool spool,
            Replay replay,
            Audit audit,
            int percent,
            InstantSource clock,
            Consumer<Job> ended) {
        return new Jobs(
                spool,
                replay,
                clock,
                audit,
                new JobFiles(folder),
                new HeadRoom(spool.ledger(), percent, Deeds.AT_ONCE, System::nanoTime),
                ended);
    }

    private Jobs(
            Spool spool,
            Replay replay,
            InstantSource clock,
            Audit audit,
            JobFiles files,
            HeadRoom headRoom,
            Consumer<Job> ended) {
        this.letters = spool.deadLetters();
        this.replay = replay;
        this.deeds = new Deeds(spool, replay);
        this.clock = clock;
        this.audit = audit;
        this.files = files;
        this.headRoom = headRoom;
        this.ended = ended;
        try {
            files.read().forEach(job -> jobs.put(job.id(), job));
        } catch (IOException e) {
            throw new UncheckedIOException("the jobs cannot be read", e);
        }
    }

    /**
     * What is asked for.
     *
     * @param mended the content of the one letter of the selection instead of its own, or null
     */
    public record Order(Deed deed, Selection selection, Job.Mended mended, String why, String by, String from) {}

    /**
     * Takes a job, which is begun when those before it are over.
     *
     * @throws NoReplayException where the one letter would be none even as it is mended; nothing is taken then
     * @throws UncheckedIOException when it cannot be written; nothing is taken then
     */
    public Job take(Order order) throws NoReplayException {
        DeadLetter original = null;
        if (order.mended != null) {
            long id = order.selection.ids().get(0);
            original = letters.get(id).orElseThrow(() -> new NoReplayException("there is no dead letter " + id));
            replay.messages(original, order.mended);
        }
        Instant now = clock.instant();
        Selection selection = order.selection.before(now);
        synchronized (this) {
            long id = jobs.isEmpty() ? 1 : jobs.lastKey() + 1;
            Job job = new Job(
                    id,
                    order.deed,
                    selection,
                    order.mended,
                    order.why,
                    order.by,
                    order.from,
                    now,
                    Progress.waiting(isQuicklyCounted(selection) ? deeds.count(selection) : Progress.NOT_COUNTED));
            if (order.deed != Deed.TRY) {
                audit.add(new Audit.Entry(now, order.by, order.from, order.deed.word(), new Ordered(job, original)));
            }
            put(job);
            forgetOld();
            notifyAll();
            return job;
        }
    }

    /** What is done, for the audit; with a letter that is mended as it was. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ordered(long job, Selection selection, String why, Job.Mended mended, String original) {
        private Ordered(Job job, DeadLetter original) {
            this(
                    job.id(),
                    job.selection(),
                    job.why(),
                    job.mended(),
                    original == null ? null : text(original.content().bytes()));
        }
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** Null where there is none. */
    public synchronized Job get(long id) {
        return jobs.get(id);
    }

    /** The last ones, newest first. */
    public synchronized List<Job> last(int most) {
        return jobs.descendingMap().values().stream().limit(most).toList();
    }

    /** Ends a job before its next letters; null where there is none. */
    public synchronized Job cancel(long id, String by, String from) {
        Job job = jobs.get(id);
        if (job != null && !job.progress().state().isOver() && cancelled.add(id)) {
            audit.add(new Audit.Entry(clock.instant(), by, from, "cancel", new Ordered(job, null)));
            notifyAll();
        }
        return job;
    }

    /** Does what is asked for, until {@link #stop}. */
    public void run() throws InterruptedException {
        for (Job job = next(); job != null; job = next()) {
            try {
                run(job);
            } catch (SpoolClosedException e) {
                return;
            }
        }
    }

    /** The job that is done is left where it is. */
    public synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized boolean isOver(long id) {
        return stopped || cancelled.contains(id);
    }

    /** Null where there will be none. */
    private synchronized Job next() throws InterruptedException {
        while (!stopped) {
            Optional<Job> next = jobs.values().stream()
                    .filter(job -> !job.progress().state().isOver())
                    .findFirst();
            if (next.isPresent()) {
                return next.get();
            }
            wait();
        }
        return null;
    }

    private void run(Job begun) throws InterruptedException {
        Job job = begun;
        try {
            boolean isCounted = job.progress().selected() != Progress.NOT_COUNTED;
            long selected = isCounted ? job.progress().selected() : deeds.count(job.selection());
            job = put(job.at(job.progress().begun(clock.instant(), selected)));
            if (!job.progress().underWay().isEmpty()) {
                job = put(deeds.afterCrash(job));
            }
            while (!isOver(job.id())) {
                List<Long> ids = deeds.next(job, () -> isOver(begun.id()));
                if (isOver(job.id())) {
                    break;
                }
                if (ids.isEmpty()) {
                    end(job, State.DONE, null);
                    return;
                }
                Job taken = put(job.at(job.progress().taking(ids)));
                headRoom.begin();
                Deeds.Done done = deeds.to(ids, taken);
                job = put(taken.at(done.of(taken.progress())));
                headRoom.await(done.messages(), () -> isOver(taken.id()));
            }
            if (!isStopped()) {
                end(job, State.CANCELLED, null);
            }
        } catch (SpoolClosedException e) {
            throw e;
        } catch (SpoolException | UncheckedIOException e) {
            end(job, State.FAILED, e.getMessage());
        }
    }

    private static boolean isQuicklyCounted(Selection selection) {
        return selection.ids() != null || selection.filter().isOfKinds();
    }

    private void end(Job job, State how, String why) {
        Job over = job.at(job.progress().ended(how, clock.instant(), why));
        synchronized (this) {
            jobs.put(over.id(), over);
            cancelled.remove(over.id());
        }
        try {
            files.write(over);
        } catch (IOException e) {
            // it is begun again at the next start, and finds nothing left to do
        }
        ended.accept(over);
    }

    private synchronized Job put(Job job) {
        try {
            files.write(job);
        } catch (IOException e) {
            throw new UncheckedIOException("the job cannot be written: " + e.getMessage(), e);
        }
        jobs.put(job.id(), job);
        return job;
    }

    private void forgetOld() {
        List<Job> over = jobs.values().stream()
                .filter(job -> job.progress().state().isOver())
                .toList();
        for (Job job : over.subList(0, Math.max(0, over.size() - KEPT))) {
            jobs.remove(job.id());
            try {
                files.delete(job);
            } catch (IOException e) {
                // it is forgotten another time
            }
        }
    }
}
