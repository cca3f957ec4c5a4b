package io.vitallyrelay.letters;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.message.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What operators did, one line of JSON for each deed, on disk before the deed begins. Lines are only ever added. Thread-safe.
 */
public final class Audit {
    private final Path file;

    /** @param file is made with the first entry */
    public Audit(Path file) {
        this.file = file;
    }

    /**
     * One deed.
     *
     * @param by who did it, as they say
     * @param from the address they did it from
     * @param deed in a word, such as {@code replay}
     * @param what it was done to and what for, as JSON
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(Instant at, String by, String from, String deed, Object what) {
        public Entry {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * Adds an entry; returns when it is on disk.
     *
     * @throws UncheckedIOException when it cannot be written
     */
    public synchronized void add(Entry entry) {
        try {
            PrivateFiles.createFile(file);
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                String line = Json.recordText(entry) + '\n';
                out.seek(out.length());
                out.write((endsInALine(out) ? line : '\n' + line).getBytes(StandardCharsets.UTF_8));
                out.getFD().sync();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the audit cannot be written to " + file, e);
        }
    }

    /** Not where a crash left half a line. */
    private static boolean endsInALine(RandomAccessFile out) throws IOException {
        if (out.length() == 0) {
            return true;
        }
        out.seek(out.length() - 1);
        return out.read() == '\n';
    }

    /** The last entries, newest first. */
    public synchronized List<JsonNode> last(int most) {
        Deque<JsonNode> last = new ArrayDeque<>();
        if (!Files.exists(file)) {
            return List.of();
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                addWhole(line, last);
                if (last.size() > most) {
                    last.removeLast();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the audit cannot be read from " + file, e);
        }
        return List.copyOf(last);
    }

    private static void addWhole(String line, Deque<JsonNode> entries) {
        try {
            JsonNode entry = Json.tree(line);
            if (entry.isObject()) {
                entries.addFirst(entry);
            }
        } catch (IOException halfALine) {
            // what was not written was not begun
        }
    }
}
