package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.message.LogText;
import io.vitallyrelay.source.camel.ExchangeRecord;
import io.vitallyrelay.source.camel.ProducerOnlyEndpoint;
import io.vitallyrelay.source.file.FileFormat;
import io.vitallyrelay.source.file.FileName;
import io.vitallyrelay.source.file.FileReading;
import io.vitallyrelay.source.file.FileSettings;
import io.vitallyrelay.source.file.FileSummary;
import io.vitallyrelay.source.file.FinishedFile;
import io.vitallyrelay.source.file.InboxLocks;
import io.vitallyrelay.source.file.OpenFiles;
import io.vitallyrelay.spool.Spool;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Ordered;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code records:open?integration=&format=&charset=&delimiter=&quote=&columns=} makes the rows of the file in the body the
 * new body, to be split; {@code records:close} waits until all of them are durable and says where the file goes. Then
 * {@link InboxHooks} move it, and in a route without them Camel does, to {@code ${exchangeProperty.relay.target}}.
 */
public final class FilesComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);
    private static final String DONE = ".done";
    private static final String FAILED = ".failed";
    private static final String TARGET = "relay.target";
    private static final String BEGUN = "relay.begun";

    private final Spool spool;
    private final InboxLocks locks;
    private final OpenFiles openFiles;
    private final int recordBytes;
    private final BooleanSupplier stopping;
    private final InstantSource clock;
    private final LongSupplier ticker;

    /**
     * @param locks are taken when routes are made, and given back when all of them have ended
     * @param openFiles is told of each file while it is read
     * @param recordBytes bytes of a record, at most
     * @param stopping whether files are to be broken off, because the service stops
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public FilesComponent(
            Spool spool,
            InboxLocks locks,
            OpenFiles openFiles,
            int recordBytes,
            BooleanSupplier stopping,
            InstantSource clock,
            LongSupplier ticker) {
        this.spool = spool;
        this.locks = locks;
        this.openFiles = openFiles;
        this.recordBytes = recordBytes;
        this.stopping = stopping;
        this.clock = clock;
        this.ticker = ticker;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "open" -> {
                String integration = integration(parameters);
                lock(integration);
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
            default -> throw new IllegalArgumentException("records:" + remaining + ": must be open or close");
        };
    }

    private String integration(Map<String, Object> parameters) {
        String integration = getAndRemoveParameter(parameters, "integration", String.class, "");
        if (integration.isEmpty()) {
            throw new IllegalArgumentException("integration= is missing: its files are named by it");
        }
        return integration;
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
        Object body = exchange.getMessage().getBody();
        Close close = new Close(file(body), !(body instanceof Path));
        exchange.getExchangeExtension().addOnCompletion(close);
        FileReading reading;
        try {
            reading = FileReading.open(close.file, integration, settings, atOnce, stopping, ticker, spool);
        } catch (IOException | RuntimeException e) {
            throw new FileStaysException("it cannot be opened: " + e, e);
        }
        exchange.setProperty(ExchangeRecord.PROPERTY, reading);
        exchange.setProperty(BEGUN, ticker.getAsLong());
        close.reading = reading;
        openFiles.opened(reading);
        // a message of its own: the headers of a file would be copied for each of its rows
        Message rows = new DefaultMessage(exchange);
        rows.setBody(reading);
        exchange.setMessage(rows);
    }

    /** Of the hooks it is a path: a {@link File} whose name is no text of the locale leads nowhere. */
    private static Path file(Object body) throws FileStaysException {
        if (body instanceof Path path) {
            return path;
        }
        if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return file.toPath();
        }
        throw new FileStaysException("records:open reads what file: brings, and there is " + body, null);
    }

    private void close(Exchange exchange) throws InterruptedException, FileStaysException {
        FileReading reading = (FileReading) ExchangeRecord.of(exchange);
        switch (complete(reading)) {
            case DONE -> moveTo(DONE, reading, exchange);
            case FAILED -> moveTo(FAILED, reading, exchange);
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

    private void moveTo(String folder, FileReading reading, Exchange exchange) {
        FinishedFile finished = reading.finishedFor(folder, clock);
        FileSummary summary = reading.summary();
        String seconds = seconds(exchange);
        Runnable tell = folder.equals(DONE)
                ? () -> tellDone(reading, summary, seconds)
                : () -> tellFailed(reading, summary, seconds);
        new DurableFile(finished, tell).of(exchange);
        exchange.setProperty(TARGET, finished.target());
    }

    private static void tellDone(FileReading reading, FileSummary summary, String seconds) {
        if (summary.records() == 0) {
            LOG.warn(
                    "{} of {} held no record, and is moved to {}: was its export complete?",
                    name(reading),
                    reading.integration(),
                    DONE);
        } else {
            LOG.info("{} of {} is read: {}, {} s", name(reading), reading.integration(), summary, seconds);
        }
    }

    private static void tellFailed(FileReading reading, FileSummary summary, String seconds) {
        LOG.warn(
                "{} of {} cannot be read to its end, and is moved to {}: {}; {}, {} s",
                name(reading),
                reading.integration(),
                FAILED,
                LogText.of(reading.problem()),
                summary,
                seconds);
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

    /** Runs when the exchange ends, however that comes about; after Camel moved the file, where it does. */
    private final class Close extends SynchronizationAdapter {
        private final Path file;
        private final boolean isMovedByCamel;
        private FileReading reading;

        Close(Path file, boolean isMovedByCamel) {
            this.file = file;
            this.isMovedByCamel = isMovedByCamel;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }

        @Override
        public void onComplete(Exchange exchange) {
            DurableFile through = DurableFile.in(exchange);
            if (isMovedByCamel && through != null && !Files.exists(file)) {
                through.finished().forget();
                through.tell().run();
            }
        }

        @Override
        public void onDone(Exchange exchange) {
            super.onDone(exchange);
            try {
                if (reading != null) {
                    openFiles.closed(reading);
                    reading.close();
                }
            } catch (IOException e) {
                LOG.warn("cannot close {}: {}", LogText.of(file), LogText.of(e));
            }
        }
    }
}
