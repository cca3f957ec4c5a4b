package io.vitallyrelay.source.camel;

import io.vitallyrelay.message.LogText;
import io.vitallyrelay.source.FileFormat;
import io.vitallyrelay.source.FileName;
import io.vitallyrelay.source.FileReading;
import io.vitallyrelay.source.FileSettings;
import io.vitallyrelay.source.FileSummary;
import io.vitallyrelay.source.FinishedFile;
import io.vitallyrelay.source.InboxLocks;
import io.vitallyrelay.source.Inboxes;
import io.vitallyrelay.source.MovedFiles;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.spool.Spool;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code records:inbox?integration=&include=&settled=&delay=} brings the files of an inbox;
 * {@code records:open?integration=&format=&charset=&delimiter=&quote=&columns=} makes the rows of the file in the body the
 * new body, to be split; {@code records:close} waits until all of them are durable and moves the file out of the inbox.
 */
public final class FilesComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);
    private static final String DONE = ".done";
    private static final String FAILED = ".failed";
    private static final String BEGUN = "relay.begun";

    private final Spool spool;
    private final Inboxes inboxes;
    private final InboxLocks locks;
    private final SourceStates states;
    private final int recordBytes;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private final LongSupplier ticker;
    /** Guarded by itself. */
    private final MovedFiles moved;

    /**
     * @param locks are taken when routes are made, and given back when all of them have ended
     * @param recordBytes bytes of a record, at most
     * @param stopping whether files are to be broken off, because the service stops
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public FilesComponent(
            Spool spool,
            Inboxes inboxes,
            InboxLocks locks,
            SourceStates states,
            int recordBytes,
            BooleanSupplier stopping,
            InstantSource clock,
            LongSupplier ticker) {
        this.spool = spool;
        this.inboxes = inboxes;
        this.locks = locks;
        this.states = states;
        this.recordBytes = recordBytes;
        this.stopping = stopping;
        this.clock = clock;
        this.ticker = ticker;
        moved = new MovedFiles(ticker);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "inbox" -> {
                String integration = integration(parameters);
                Pattern include = include(getAndRemoveParameter(parameters, "include", String.class, ".*"));
                Duration settled = settled(getAndRemoveParameter(parameters, "settled", String.class, "1000"));
                lock(integration);
                inboxes.add(integration, include);
                yield new InboxEndpoint(
                        uri,
                        this,
                        new InboxEndpoint.Reads(integration, include, settled, inboxes, moved, states, stopping));
            }
            case "open" -> {
                String integration = integration(parameters);
                FileSettings settings = new FileSettings(
                        format(getAndRemoveParameter(parameters, "format", String.class, "")),
                        charset(getAndRemoveParameter(parameters, "charset", String.class, "UTF-8")),
                        one(parameters, "delimiter", FileSettings.BY_NAME),
                        one(parameters, "quote", '"'),
                        columns(getAndRemoveParameter(parameters, "columns", String.class, "")),
                        recordBytes);
                int atOnce = getAndRemoveParameter(parameters, "atOnce", Integer.class, 1);
                if (atOnce < 1) {
                    throw new IllegalArgumentException("atOnce=" + atOnce + ": must be at least 1");
                }
                yield new ProducerOnlyEndpoint(uri, this, exchange -> open(exchange, integration, settings, atOnce));
            }
            case "close" -> new ProducerOnlyEndpoint(uri, this, this::close);
            default -> throw new IllegalArgumentException("records:" + remaining + ": must be inbox, open or close");
        };
    }

    private String integration(Map<String, Object> parameters) {
        String integration = getAndRemoveParameter(parameters, "integration", String.class, "");
        if (integration.isEmpty()) {
            throw new IllegalArgumentException("integration= is missing: its files are named by it");
        }
        return integration;
    }

    private static Pattern include(String names) {
        try {
            // a name may hold a line break
            return Pattern.compile(names, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "include=" + names + ": must be a regular expression for names of files: " + e.getDescription(), e);
        }
    }

    private static Duration settled(String text) {
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "settled=" + text + ": must be milliseconds, or a duration such as 5s", e);
        }
    }

    /** Where that cannot be done, as on a file system without locks, files can be read as ever. */
    private void lock(String integration) {
        try {
            locks.take(integration);
        } catch (IOException e) {
            LOG.warn(
                    "the inbox of {} cannot be locked ({}): make sure that no other instance reads it",
                    integration,
                    e.toString());
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        locks.close();
    }

    private void open(Exchange exchange, String integration, FileSettings settings, int atOnce)
            throws FileStaysException {
        Path file = file(exchange.getMessage().getBody());
        Close close = new Close(file);
        exchange.getExchangeExtension().addOnCompletion(close);
        FileReading reading;
        try {
            reading = FileReading.open(file, integration, settings, atOnce, stopping, spool);
        } catch (IOException | RuntimeException e) {
            throw new FileStaysException("it cannot be opened: " + e, e);
        }
        exchange.setProperty(Hand.PROPERTY, reading);
        exchange.setProperty(BEGUN, ticker.getAsLong());
        close.reading = reading;
        // a message of its own: the headers of a file would be copied for each of its rows
        Message rows = new DefaultMessage(exchange);
        rows.setBody(reading);
        exchange.setMessage(rows);
    }

    private static Path file(Object body) throws FileStaysException {
        if (body instanceof Path path) {
            return path;
        }
        throw new FileStaysException("records:open reads what records:inbox brings, and there is " + body, null);
    }

    private void close(Exchange exchange) throws InterruptedException, FileStaysException {
        FileReading reading = (FileReading) Hand.of(exchange);
        switch (complete(reading)) {
            case DONE -> tellDone(reading, moveTo(DONE, reading), exchange);
            case FAILED -> tellFailed(reading, moveTo(FAILED, reading), exchange);
            case CHANGED ->
                throw new FileStaysException(
                        "it changed while it was read; what came is read when it has settled", null);
            case BROKEN_OFF ->
                throw new FileStaysException("the service stops; the next start goes on behind its last row", null);
        }
    }

    private static FileReading.End complete(FileReading reading) throws InterruptedException, FileStaysException {
        try {
            return reading.complete();
        } catch (IOException | RuntimeException e) {
            throw new FileStaysException("it cannot be completed: " + e, e);
        }
    }

    /** @return what became of it */
    private FileSummary moveTo(String folder, FileReading reading) throws NotMovedException {
        FileSummary summary = reading.summary();
        FinishedFile finished = reading.finishedFor(folder, clock);
        try {
            moved.add(finished.move());
        } catch (IOException e) {
            throw new NotMovedException(finished, e);
        }
        return summary;
    }

    private void tellDone(FileReading reading, FileSummary summary, Exchange exchange) {
        if (summary.records() == 0) {
            LOG.warn(
                    "{} of {} held no record, and is moved to {}: was its export complete?",
                    name(reading),
                    reading.integration(),
                    DONE);
        } else {
            LOG.info("{} of {} is read: {}, {} s", name(reading), reading.integration(), summary, seconds(exchange));
        }
    }

    private void tellFailed(FileReading reading, FileSummary summary, Exchange exchange) {
        LOG.warn(
                "{} of {} cannot be read to its end, and is moved to {}: {}; {}, {} s",
                name(reading),
                reading.integration(),
                FAILED,
                LogText.of(reading.problem()),
                summary,
                seconds(exchange));
    }

    private static String name(FileReading reading) {
        return LogText.of(FileName.of(reading.file()));
    }

    private String seconds(Exchange exchange) {
        long took = ticker.getAsLong() - exchange.getProperty(BEGUN, Long.class);
        return String.format(Locale.ROOT, "%.1f", took / 1e9);
    }

    private static FileFormat format(String name) {
        return switch (name) {
            case "csv" -> FileFormat.CSV;
            case "json-lines" -> FileFormat.JSON_LINES;
            case "json-array" -> FileFormat.JSON_ARRAY;
            default -> throw new IllegalArgumentException("format=" + name + ": must be csv, json-lines or json-array");
        };
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "charset=" + name + ": must be a character set such as UTF-8, windows-1252 or UTF-16", e);
        }
    }

    private char one(Map<String, Object> parameters, String name, char otherwise) {
        String text = getAndRemoveParameter(parameters, name, String.class, "");
        if (text.isEmpty()) {
            return otherwise;
        }
        String plain = "\\t".equals(text) || "tab".equals(text) ? "\t" : ControlCharacters.unescaped(text);
        if (plain.length() != 1 || plain.charAt(0) >= 0x80 || "\0\r\n".contains(plain)) {
            throw new IllegalArgumentException(name + "=" + ControlCharacters.escaped(text)
                    + ": must be one ASCII character other than a line end, tab, or a control character as \\u0001");
        }
        return plain.charAt(0);
    }

    private static List<String> columns(String names) {
        return names.isBlank()
                ? List.of()
                : Arrays.stream(names.split(",")).map(String::strip).toList();
    }

    /** Runs when the exchange ends, however that comes about. */
    private static final class Close extends SynchronizationAdapter {
        private final Path file;
        private FileReading reading;

        Close(Path file) {
            this.file = file;
        }

        @Override
        public void onDone(Exchange exchange) {
            try {
                if (reading != null) {
                    reading.close();
                }
            } catch (IOException e) {
                LOG.warn("cannot close {}: {}", LogText.of(file), LogText.of(e));
            }
        }
    }
}
