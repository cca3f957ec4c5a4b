package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.regex.Pattern;

/**
 * One file on its way into the spool: gives its rows one by one, takes what each became together with the place behind it,
 * and puts the rows that cannot be read among the dead letters. Goes on behind the last durable row after a restart.
 *
 * <p>The unit of a file is {@code name#fingerprint}. Not thread-safe: the rows of a file go through the route one at a time.
 */
public final class FileReading implements Iterator<JsonNode>, RecordInHand, AutoCloseable {
    private static final Pattern FILE_UNIT = Pattern.compile("(.+)#[0-9a-f]{12}");

    private final Spool spool;
    private final String integration;
    private final FileSettings settings;
    private final Path file;
    private String unit;
    private Intake intake;
    private RecordReader reader;
    /** The row that is in the route, null when there is none. */
    private JsonNode row;

    private String position;
    private Exception failure;
    private boolean ended;
    private UnreadableFileException unreadable;

    private FileReading(Spool spool, String integration, FileSettings settings, Path file) {
        this.spool = spool;
        this.integration = integration;
        this.settings = settings;
        this.file = file;
    }

    /**
     * Opens the file: behind the last durable row where a reading of it was broken off, else at its first row.
     *
     * @throws IOException when the disk cannot be read; the file stays where it is
     */
    public static FileReading open(Path file, String integration, FileSettings settings, Spool spool)
            throws IOException {
        FileReading reading = new FileReading(spool, integration, settings, file);
        reading.closeUnitsWhoseFileIsGone();
        for (UnitCounts broken : spool.unfinished(integration)) {
            if (broken.unit().startsWith(file.getFileName() + "#") && isFile(broken) && reading.goOn(broken)) {
                return reading;
            }
        }
        reading.begin();
        return reading;
    }

    /** A file that was moved, but whose unit was not finished because of a crash right between the two. */
    private void closeUnitsWhoseFileIsGone() {
        for (UnitCounts broken : spool.unfinished(integration)) {
            if (isFile(broken) && !Files.exists(file.resolveSibling(fileName(broken)))) {
                spool.finish(integration, broken.unit());
            }
        }
    }

    private static boolean isFile(UnitCounts counts) {
        return FILE_UNIT.matcher(counts.unit()).matches();
    }

    private static String fileName(UnitCounts counts) {
        return counts.unit().substring(0, counts.unit().lastIndexOf('#'));
    }

    private boolean goOn(UnitCounts broken) throws IOException {
        unit = broken.unit();
        intake = spool.intake(integration, unit);
        Checkpoint from = broken.resumeAt().isEmpty() ? Checkpoint.START : Checkpoint.decode(broken.resumeAt());
        try {
            reader = RecordReaders.open(file, settings, from);
        } catch (ChangedFileException e) {
            spool.finish(integration, unit);
            return false;
        } catch (UnreadableFileException e) {
            unreadable = e;
        }
        return true;
    }

    private void begin() throws IOException {
        unit = file.getFileName() + "#" + Fingerprint.of(file, Files.readAttributes(file, BasicFileAttributes.class));
        intake = spool.intake(integration, unit);
        try {
            reader = RecordReaders.open(file, settings, Checkpoint.START);
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
     * @return the next row that can be read, null when there is none
     * @throws IllegalStateException when the row before failed, and nobody made it a dead letter
     */
    @Override
    public JsonNode next() {
        try {
            if (failure != null) {
                throw new IllegalStateException(position + " of " + unit + " failed and is no dead letter", failure);
            }
            if (row != null) {
                done();
            }
            row = unreadable == null ? nextRow() : null;
        } catch (UnreadableFileException e) {
            unreadable = e;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + " behind " + position, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        ended = row == null;
        return row;
    }

    private JsonNode nextRow() throws IOException, InterruptedException {
        while (true) {
            FileRecord read = reader.next();
            if (read == null) {
                return null;
            }
            position = position(read);
            if (read instanceof FileRecord.Row good) {
                return good.body();
            }
            FileRecord.BadRow bad = (FileRecord.BadRow) read;
            intake.dead(new DeadRecord(position, bad.reason(), bad.raw()));
            done();
        }
    }

    private String position(FileRecord read) {
        return settings.format() == FileFormat.JSON_ARRAY
                ? "element " + reader.checkpoint().records()
                : "line " + read.line();
    }

    @Override
    public void failed(Exception thrown) {
        failure = thrown;
    }

    @Override
    public void done() throws InterruptedException {
        row = null;
        Checkpoint behind = reader.checkpoint();
        intake.recordDone(behind::encode);
    }

    /**
     * All rows went through the route: waits until they are durable.
     *
     * @return whether the file could be read to its end; if not, what is left of it is named in the dead letters
     */
    public boolean complete() throws InterruptedException {
        if (unreadable != null) {
            String from = "line " + unreadable.line();
            intake.dead(new DeadRecord(
                    from,
                    "the file cannot be read from " + from + " on: " + unreadable.getMessage(),
                    ("the rest of " + file.getFileName()).getBytes(StandardCharsets.UTF_8)));
            intake.recordDone(() -> "");
        }
        intake.flush();
        return unreadable == null;
    }

    /** The file was moved out of the inbox: a file that comes under its name is a new one. */
    public void forget() {
        spool.finish(integration, unit);
    }

    public Path file() {
        return file;
    }

    @Override
    public Origin origin() {
        return new Origin(integration, unit, position);
    }

    @Override
    public Intake intake() {
        return intake;
    }

    @Override
    public byte[] raw() {
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
    }
}
