package io.vitallyrelay.source.camel;

import io.vitallyrelay.source.FileFormat;
import io.vitallyrelay.source.FileReading;
import io.vitallyrelay.source.FileSettings;
import io.vitallyrelay.source.InboxLocks;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolClosedException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Ordered;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code records:open?integration=&format=&charset=&delimiter=&quote=} makes the rows of the file in the body the new body,
 * to be split; {@code records:close} waits until all of them are durable and says where the file goes.
 */
public final class FilesComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(FilesComponent.class);
    private static final String TARGET = "relay.target";
    private static final DateTimeFormatter SUFFIX =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Spool spool;
    private final InboxLocks inboxes;
    private final int recordBytes;
    private final BooleanSupplier stopping;
    private final InstantSource clock;

    /**
     * @param inboxes are taken when routes are made, and given back when all of them have ended
     * @param recordBytes bytes of a record, at most
     * @param stopping whether files are to be broken off, because the service stops
     */
    public FilesComponent(
            Spool spool, InboxLocks inboxes, int recordBytes, BooleanSupplier stopping, InstantSource clock) {
        this.spool = spool;
        this.inboxes = inboxes;
        this.recordBytes = recordBytes;
        this.stopping = stopping;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return switch (remaining) {
            case "open" -> {
                String integration = getAndRemoveParameter(parameters, "integration", String.class, "");
                if (integration.isEmpty()) {
                    throw new IllegalArgumentException("integration= is missing: its files are named by it");
                }
                FileSettings settings = new FileSettings(
                        format(getAndRemoveParameter(parameters, "format", String.class, "")),
                        charset(getAndRemoveParameter(parameters, "charset", String.class, "UTF-8")),
                        one(parameters, "delimiter", ","),
                        one(parameters, "quote", "\""),
                        recordBytes);
                int atOnce = getAndRemoveParameter(parameters, "atOnce", Integer.class, 1);
                if (atOnce < 1) {
                    throw new IllegalArgumentException("atOnce=" + atOnce + ": must be at least 1");
                }
                lock(integration);
                yield new ProducerOnlyEndpoint(uri, this, exchange -> open(exchange, integration, settings, atOnce));
            }
            case "close" -> new ProducerOnlyEndpoint(uri, this, this::close);
            default -> throw new IllegalArgumentException("records:" + remaining + ": must be open or close");
        };
    }

    /** Where that cannot be done, as on a read-only disk, files can be read as ever. */
    private void lock(String integration) {
        try {
            inboxes.take(integration);
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
        inboxes.close();
    }

    private void open(Exchange exchange, String integration, FileSettings settings, int atOnce)
            throws FileStaysException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        Close close = new Close(file);
        exchange.getExchangeExtension().addOnCompletion(close);
        FileReading reading;
        try {
            reading = FileReading.open(file, integration, settings, atOnce, stopping, spool);
        } catch (IOException | RuntimeException e) {
            throw new FileStaysException("it cannot be opened: " + e, e);
        }
        exchange.setProperty(Hand.PROPERTY, reading);
        close.reading = reading;
        // a message of its own: the headers of a file would be copied for each of its rows
        Message rows = new DefaultMessage(exchange);
        rows.setBody(reading);
        exchange.setMessage(rows);
    }

    private void close(Exchange exchange) throws InterruptedException, FileStaysException {
        FileReading reading = (FileReading) Hand.of(exchange);
        switch (complete(reading)) {
            case DONE -> moveTo(".done", reading, exchange);
            case FAILED -> moveTo(".failed", reading, exchange);
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
        exchange.setProperty(TARGET, folder + "/" + freeName(reading.file(), folder));
    }

    /** A file that was read before under the same name is kept. */
    private String freeName(Path file, String folder) {
        String name = file.getFileName().toString();
        if (!Files.exists(file.resolveSibling(folder).resolve(name))) {
            return name;
        }
        int dot = name.indexOf('.', 1);
        int at = dot < 0 ? name.length() : dot;
        return name.substring(0, at) + "-" + SUFFIX.format(clock.instant()) + name.substring(at);
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

    private char one(Map<String, Object> parameters, String name, String otherwise) {
        String text = getAndRemoveParameter(parameters, name, String.class, otherwise);
        String unescaped = "\\t".equals(text) || "tab".equals(text) ? "\t" : text;
        if (unescaped.length() != 1) {
            throw new IllegalArgumentException(name + "=" + text + ": must be one character, or tab");
        }
        return unescaped.charAt(0);
    }

    /** Runs after Camel moved the file, or left it: only then may its resume point be forgotten. */
    private static final class Close extends SynchronizationAdapter {
        private final Path file;
        private FileReading reading;

        Close(Path file) {
            this.file = file;
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }

        @Override
        public void onComplete(Exchange exchange) {
            if (!Files.exists(file)) {
                reading.forget();
            }
        }

        @Override
        public void onFailure(Exchange exchange) {
            Throwable why = exchange.getException();
            if (why instanceof FileStaysException && why.getCause() == null) {
                LOG.info("{} stays in the inbox: {}", file, why.getMessage());
            } else if (ObjectHelper.getException(SpoolClosedException.class, why) != null) {
                LOG.info("{} stays in the inbox: the service stops, the next start goes on behind the last row", file);
            } else {
                LOG.warn(
                        "{} stays in the inbox and is read again: {}",
                        file,
                        why instanceof FileStaysException ? why.getMessage() : why.toString());
                LOG.debug("{}", file, why);
            }
        }

        @Override
        public void onDone(Exchange exchange) {
            super.onDone(exchange);
            try {
                if (reading != null) {
                    reading.close();
                }
            } catch (IOException e) {
                LOG.warn("cannot close {}: {}", file, e.toString());
            }
        }
    }
}
