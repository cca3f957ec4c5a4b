package io.vitallyrelay.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Drops a copy into {@code inbox/<integration>}. */
public final class InboxFeed implements Feed {
    private final Path data;

    /** @param data the service's data folder, {@code relay.data} */
    public InboxFeed(Path data) {
        this.data = data;
    }

    /** The file leaves the inbox when all it holds is in the spool or a dead letter. */
    @Override
    public Fed feed(Sample sample) throws IOException {
        Path inbox = Files.createDirectories(data.resolve("inbox").resolve(sample.integration()));
        Path dropped = inbox.resolve(sample.file().getFileName());
        // beside and then renamed, so that nobody reads half of it
        Path beside = Files.copy(sample.file(), inbox.resolve("." + dropped.getFileName() + ".part"));
        Files.move(beside, dropped, StandardCopyOption.ATOMIC_MOVE);
        return () -> Files.notExists(dropped);
    }
}
