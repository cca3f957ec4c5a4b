package io.vitallyrelay.delivery;

import io.vitallyrelay.disk.WholeFile;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The holds that survive a restart, in a file that is whole at any moment. Where it cannot be written a hold counts all the same,
 * as nobody must be kept from stopping; what was released is held again after a restart then. Thread-safe.
 */
public final class HoldFile {
    private static final Logger LOG = LoggerFactory.getLogger(HoldFile.class);

    private final Path file;
    private final List<Hold> holds;
    private String problem;

    /** What is in the file. */
    public record Content(List<Hold> holds) {}

    private HoldFile(Path file, List<Hold> holds) {
        this.file = file;
        this.holds = new ArrayList<>(holds);
    }

    /**
     * @param file is made with the first hold
     * @throws HoldsUnreadableException when it is there and cannot be read
     */
    public static HoldFile open(Path file) {
        if (!Files.exists(file)) {
            return new HoldFile(file, List.of());
        }
        try {
            return new HoldFile(file, read(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new HoldsUnreadableException(file, e);
        }
    }

    private static List<Hold> read(Path file) throws IOException {
        Content content = Json.record(Files.readAllBytes(file), Content.class);
        if (content == null || content.holds() == null) {
            throw new IllegalArgumentException("it names no holds");
        }
        for (Hold hold : content.holds()) {
            if (hold == null || hold.cause() == null || hold.reason() == null || hold.since() == null) {
                throw new IllegalArgumentException("a hold in it has no cause, reason or since");
            }
        }
        return content.holds();
    }

    /** One that forgets them. */
    public static HoldFile none() {
        return new HoldFile(null, List.of());
    }

    /** In the order in which they began. */
    synchronized List<Hold> all() {
        return List.copyOf(holds);
    }

    /** Returns when it is on disk, or cannot be. */
    synchronized void add(Hold hold) {
        holds.add(hold);
        write();
    }

    /** Returns when they are gone from the disk, or cannot be. */
    synchronized void removeIf(Predicate<Hold> which) {
        if (holds.removeIf(which)) {
            write();
        }
    }

    /** Why what is on disk is not what is held; null where it is. */
    synchronized String problem() {
        return problem;
    }

    private void write() {
        if (file == null) {
            return;
        }
        try {
            WholeFile.write(file, Json.recordText(new Content(holds)).getBytes(StandardCharsets.UTF_8));
            problem = null;
        } catch (IOException e) {
            problem = "the holds cannot be written to " + file + " (" + e
                    + "): it is done now, and a restart would know only what was held before";
            LOG.warn(problem);
        }
    }
}
