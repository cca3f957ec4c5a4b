package io.vitallyrelay.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.RecordGroup;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * One file on its way into the spool: gives its rows (JSON trees) one by one, or some {@link RecordGroup} at once, takes what each
 * became together with the place behind it, and puts the rows that cannot be read among the dead letters. Goes on behind the
 * last durable row after a restart.
 *
 * <p>Not thread-safe: the rows of a file go through the route in its order.
 */
public final class FileReading implements Iterator<Object>, RecordInHand, AutoCloseable {
    /** {@link RecordGroup} are not extended beyond this many bytes. */
    private static final int ROWS_BYTES = 256 * 1024;

    private final Spool spool;
    private final String integration;
    private final FileSettings settings;
    private final int atOnce;
    private final BooleanSupplier stopping;
    private final OpenedFile file;
    private final FileProgress progress;

    private String unit;
    private RecordIntake intake;
    private RecordReader reader;
    /** What is in the route, null when there is nothing. */
    private Entry row;

    private RecordGroup rows;
    private Exception failure;
    private boolean ended;
    private boolean brokenOff;
    private UnreadableFileException unreadable;
    private boolean restIsDead;

    /** A row, or what stands in the place of one, with the place behind it. */
    private record Entry(String position, FileRecord record, Checkpoint behind) {
        Entry read() throws IOException {
            FileRecord read = record.read();
            return read == record ? this : new Entry(position, read, behind);
        }
    }

    private FileReading(
            Spool spool,
            String integration,
            FileSettings settings,
            int atOnce,
            BooleanSupplier stopping,
            LongSupplier ticker,
            Path file)
            throws IOException {
        this.spool = spool;
        this.integration = integration;
        this.settings = settings;
        this.atOnce = atOnce;
        this.stopping = stopping;
        this.file = OpenedFile.at(file);
        this.progress = new FileProgress(this.file.attributes().size(), ticker);
    }

    /**
     * Opens the file: behind the last durable row where a reading of it was broken off, else at its first row.
     *
     * @param stopping whether the reading is to be broken off
     * @param ticker nanoseconds, as {@link System#nanoTime}
     * @param atOnce 1 for rows one by one, more for {@link RecordGroup} of up to so many
     * @throws IOException when the disk cannot be read; the file stays where it is
     */
    public static FileReading open(
            Path file,
            String integration,
            FileSettings settings,
            int atOnce,
            BooleanSupplier stopping,
            LongSupplier ticker,
            Spool spool)
            throws IOException {
        FileReading reading = new FileReading(spool, integration, settings, atOnce, stopping, ticker, file);
        List<UnitCounts> unfinished = spool.unfinished(integration);
        reading.closeUnitsWhoseFileIsGone(unfinished);
        for (UnitCounts broken : unfinished) {
            if (reading.file.mayBe(broken.unit()) && reading.goOn(broken)) {
                return reading;
            }
        }
        reading.begin();
        return reading;
    }

    /** A file that was moved, but whose unit was not finished because of a crash right between the two. */
    private void closeUnitsWhoseFileIsGone(List<UnitCounts> unfinished) {
        for (UnitCounts broken : unfinished) {
            if (file.isGone(broken.unit())) {
                spool.finish(integration, broken.unit());
            }
        }
    }

    private boolean goOn(UnitCounts broken) throws IOException {
        unit = broken.unit();
        intake = new RecordIntake(spool.ownedIntake(integration, unit));
        FileResumePoint point = FileResumePoint.decode(broken.resumeAt());
        if (point.unreadable().equals(file.fingerprint())) {
            restIsDead = true;
            return true;
        }
        try {
            reader = RecordReaders.open(file.path(), settings, point.checkpoint(), progress::counting);
        } catch (ChangedFileException e) {
            spool.finish(integration, unit);
            return false;
        } catch (UnreadableFileException e) {
            unreadable = e;
        }
        return true;
    }

    private void begin() throws IOException {
        unit = file.unit();
        intake = new RecordIntake(spool.ownedIntake(integration, unit));
        try {
            reader = RecordReaders.open(file.path(), settings, Checkpoint.START, progress::counting);
        } catch (UnreadableFileException e) {
            unreadable = e;
        } catch (ChangedFileException e) {
            throw new IllegalStateException("a file has no past at its start", e);
        }
    }

    /**
     * Whether there may be a row. Splitters ask before the row they were given is through the route, so this must not look:
     * {@link #next} may still find none.
     */
    @Override
    public boolean hasNext() {
        return !ended;
    }

    /**
     * Takes what the row before became, and reads on.
     *
     * @return the next row that can be read, or rows; null when there is none
     * @throws IllegalStateException when the row before failed, and nobody made it a dead letter
     */
    @Override
    public Object next() {
        try {
            if (failure != null) {
                throw new IllegalStateException(
                        (row == null ? "a group of rows" : row.position) + " of " + unit
                                + " failed and is no dead letter",
                        failure);
            }
            takeWhatIsThrough();
            brokenOff = stopping.getAsBoolean();
            Object next = brokenOff || unreadable != null || restIsDead ? null : atOnce == 1 ? nextRow() : nextRows();
            ended = next == null;
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void takeWhatIsThrough() throws InterruptedException {
        if (rows != null) {
            rows.takeRest((body, hand) -> hand.bury(Problem.LOST));
            rows = null;
        } else if (row != null) {
            done();
        }
    }

    private JsonNode nextRow() throws IOException, InterruptedException {
        for (row = read(); row != null; row = read()) {
            row = row.read();
            if (row.record instanceof FileRecord.Read good) {
                return good.body();
            }
            buryBad();
            done();
        }
        return null;
    }

    private RecordGroup nextRows() throws IOException {
        List<Entry> entries = new ArrayList<>(atOnce);
        long begin = reader.checkpoint().offset();
        while (entries.size() < atOnce && reader.checkpoint().offset() - begin < ROWS_BYTES) {
            Entry entry = read();
            if (entry == null) {
                break;
            }
            entries.add(entry);
        }
        rows = entries.isEmpty() ? null : new OpenGroup(entries);
        return rows;
    }

    /** Null at the end, and where the rest cannot be read. */
    private Entry read() throws IOException {
        try {
            FileRecord read = reader.next();
            if (read == null) {
                return null;
            }
            return new Entry(reader.position(), read, reader.checkpoint());
        } catch (UnreadableFileException e) {
            unreadable = e;
            return null;
        }
    }

    @Override
    public Content content() {
        return row.record.content();
    }

    private void buryBad() {
        bury(((FileRecord.Bad) row.record).problem());
    }

    @Override
    public void failed(Exception thrown) {
        failure = thrown;
    }

    @Override
    public void done() throws InterruptedException {
        buryIfLost();
        intake.recordDone(row.behind);
        row = null;
    }

    private final class OpenGroup implements RecordGroup {
        private final List<Entry> entries;
        private int taken;

        private OpenGroup(List<Entry> entries) {
            this.entries = entries;
        }

        @Override
        public void takeRest(Admission admission) throws InterruptedException {
            try {
                while (taken < entries.size()) {
                    row = entries.get(taken);
                    taken++;
                    take(admission);
                    intake.recordDoneLater(row.behind);
                    row = null;
                }
            } finally {
                // together: to wait for the lock of the spool for each row would take a third of the time
                intake.appendDone();
            }
        }

        private void take(Admission admission) {
            try {
                admit(admission);
            } catch (ContractException | IOException | RuntimeException e) {
                bury(Problem.of(e));
            }
        }

        private void admit(Admission admission) throws ContractException, IOException {
            if (row.record instanceof FileRecord.Unread unread
                    && admission.admitText(unread.json(), FileReading.this)) {
                return;
            }
            row = row.read();
            if (row.record instanceof FileRecord.Read good) {
                admission.admit(good.body(), FileReading.this);
            } else {
                buryBad();
            }
        }
    }

    /** How a reading ended. */
    public enum End {
        /** Each row is durable. */
        DONE,
        /** What could be read is durable; the rest is named in the dead letters. */
        FAILED,
        /** The file is no longer what was opened: what was read is durable, and the next reading goes on behind it. */
        CHANGED,
        /** The service stops: what was read is durable, and the next start goes on behind it. */
        BROKEN_OFF
    }

    /**
     * All rows went through the route: waits until they are durable.
     *
     * @throws IOException when the disk cannot be read
     */
    public End complete() throws IOException, InterruptedException {
        // not the rest of a file that is still written
        if (unreadable != null && !file.hasChanged()) {
            buryRest();
        }
        intake.flush();
        if (brokenOff) {
            return End.BROKEN_OFF;
        }
        if (restIsDead) {
            return End.FAILED;
        }
        return file.hasChanged() ? End.CHANGED : End.DONE;
    }

    private void buryRest() throws IOException, InterruptedException {
        String from = "line " + unreadable.line();
        intake.dead(Problem.malformed("the file cannot be read from " + from + " on: " + unreadable.getMessage())
                .dead(from, Content.raw(("the rest of " + file.name()).getBytes(StandardCharsets.UTF_8), true)));
        FileResumePoint behind =
                new FileResumePoint(reader == null ? Checkpoint.START : reader.checkpoint(), file.fingerprint());
        intake.recordDone(behind);
        restIsDead = true;
    }

    public Path file() {
        return file.path();
    }

    public String integration() {
        return integration;
    }

    /** As in the ledger. */
    String unit() {
        return unit;
    }

    FileProgress progress() {
        return progress;
    }

    /** The file on its way into a folder of the inbox; once it is there, a file that comes under its name is a new one. */
    public FinishedFile finishedFor(String folder, InstantSource clock) {
        return new FinishedFile(file.path(), folder, file.attributes().size(), this::forget, clock);
    }

    /** A file that comes under its name is a new one. */
    void forget() {
        spool.finish(integration, unit);
    }

    /** What became of the file, earlier readings of it included, as far as it is known now. */
    public FileSummary summary() {
        long records = reader == null
                ? FileResumePoint.decode(intake.resumeAt()).checkpoint().records()
                : reader.checkpoint().records();
        return spool.unfinished(integration).stream()
                .filter(counts -> counts.unit().equals(unit))
                .findFirst()
                .map(counts -> summary(records, counts.counts()))
                .orElse(new FileSummary(records, 0, 0, 0));
    }

    private static FileSummary summary(long records, Counts counts) {
        long dead = counts.dead() + counts.discarded();
        return new FileSummary(records, counts.read() - dead, dead, counts.skipped());
    }

    /** Why the rest of the file is a dead letter. */
    public String problem() {
        return unreadable == null ? "its rest cannot be read, see its dead letter" : unreadable.getMessage();
    }

    /** @throws IllegalStateException when there is no single row in the route, but a group of them */
    @Override
    public Origin origin() {
        if (row == null) {
            throw new IllegalStateException(
                    "a step got a group of rows: atOnce above 1 is only for rows that go to vitally-sink as they are");
        }
        return new Origin(integration, unit, row.position);
    }

    @Override
    public RecordIntake intake() {
        return intake;
    }

    @Override
    public String toString() {
        return unit + " of " + integration;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
