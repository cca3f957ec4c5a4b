package io.vitallyrelay.source.camel;

import io.vitallyrelay.message.LogText;
import io.vitallyrelay.source.FinishedFile;
import io.vitallyrelay.source.Inbox;
import io.vitallyrelay.source.InboxFile;
import io.vitallyrelay.source.MovedFile;
import io.vitallyrelay.source.Stray;
import io.vitallyrelay.spool.PrivateFiles;
import io.vitallyrelay.spool.SpoolClosedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into an inbox and puts its files through the route, one after the other. What goes wrong with one of them is that
 * file's: it stays, is told of once, and the next one is read.
 */
final class InboxConsumer extends ScheduledPollConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(InboxConsumer.class);
    private static final String SOURCE = "inbox";

    private final InboxEndpoint.Reads reads;
    private final Inbox inbox;
    /** Those that are through and only have to be moved. */
    private final Map<Path, FinishedFile> unmoved = new HashMap<>();

    InboxConsumer(InboxEndpoint endpoint, Processor processor, InboxEndpoint.Reads reads) {
        super(endpoint, processor);
        this.reads = reads;
        this.inbox = reads.open();
    }

    @Override
    protected int poll() {
        List<InboxFile> files = look();
        for (InboxFile file : files) {
            if (reads.stopping().getAsBoolean() || !isRunAllowed() || isSuspendingOrSuspended()) {
                break;
            }
            takeUnlessTaken(file);
        }
        return files.size();
    }

    private List<InboxFile> look() {
        if (reads.stopping().getAsBoolean()) {
            return List.of();
        }
        try {
            reads.moved().grown().forEach(InboxConsumer::tellGrown);
            PrivateFiles.createFolders(inbox.folder());
            if (!Files.isWritable(inbox.folder())) {
                failing("it cannot be written, so no file could be moved out of it when it is read");
                return List.of();
            }
            List<InboxFile> files = inbox.look();
            unmoved.keySet().removeIf(path -> !inbox.knowsAsRead(path));
            tell(inbox.news(), inbox.folder());
            reads.notRead(inbox);
            tell(reads.inboxes().lookBeside(), reads.inboxes().root());
            if (inbox.isStuck()) {
                failing(Inbox.MOST_STUCK + " files that were read cannot be moved, so no more are read until they are");
            } else if (reads.states().well(reads.integration(), SOURCE)) {
                LOG.info("{}: the inbox {} is read again", reads.integration(), LogText.of(inbox.folder()));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            failing("it cannot be looked into: " + e);
            LOG.debug("{}", inbox.folder(), e);
            return List.of();
        }
    }

    private void failing(String problem) {
        if (reads.states().failing(reads.integration(), SOURCE, inbox.folder() + ": " + problem)) {
            LOG.warn(
                    "{}: nothing is read from the inbox {} for now: {}",
                    reads.integration(),
                    LogText.of(inbox.folder()),
                    LogText.of(problem));
        }
    }

    private static void tellGrown(MovedFile file) {
        LOG.warn(
                "{} was read and moved, and {} bytes came after that, which are not read: its writer paused longer than"
                        + " settled. Put what is behind byte {} into the inbox in a new file, and let the writer rename a"
                        + " file into the inbox when it is whole",
                LogText.of(file.path()),
                file.grownBy(),
                file.size());
    }

    private static void tell(List<Stray> strays, Path folder) {
        for (String line : Stray.lines(strays)) {
            LOG.warn("in {}: {}", LogText.of(folder), line);
        }
    }

    private void takeUnlessTaken(InboxFile file) {
        if (reads.inboxes().take(file.path())) {
            try {
                take(file);
            } finally {
                reads.inboxes().giveBack(file.path());
            }
        }
    }

    private void take(InboxFile file) {
        try {
            if (!inbox.isAsSeen(file)) {
                return;
            }
            FinishedFile finished = unmoved.get(file.path());
            Throwable failure = finished == null ? process(file) : moveAgain(finished);
            if (failure != null) {
                stays(file, failure);
            } else if (inbox.isAsSeen(file)) {
                stays(file, new FileStaysException("its route left it there: records:close is missing", null));
            }
        } catch (IOException e) {
            stays(file, e);
        }
    }

    /** @return why it failed, else null */
    private Throwable process(InboxFile file) {
        Exchange exchange = createExchange(true);
        exchange.getMessage().setBody(file.path());
        try {
            getProcessor().process(exchange);
            return exchange.getException();
        } catch (Throwable e) {
            // also an Error: it must not end the thread of this inbox
            return e;
        }
    }

    private Throwable moveAgain(FinishedFile finished) {
        try {
            reads.moved().add(finished.move());
            LOG.info("{} is moved to {} now", LogText.of(finished.file()), LogText.of(finished.folder()));
            return null;
        } catch (IOException e) {
            return new NotMovedException(finished, e);
        }
    }

    private void stays(InboxFile file, Throwable why) {
        String name = LogText.of(inbox.folder() + File.separator + file.name());
        String problem = LogText.of(why instanceof FileStaysException ? why.getMessage() : why.toString());
        boolean isNews = inbox.stays(file, problem, why instanceof NotMovedException);
        if (why instanceof NotMovedException notMoved) {
            unmoved.put(file.path(), notMoved.finished());
        }
        if (ObjectHelper.getException(SpoolClosedException.class, why) != null) {
            LOG.info("{} stays in the inbox: the service stops, the next start goes on behind the last row", name);
        } else if (why instanceof FileStaysException && why.getCause() == null) {
            LOG.info("{} stays in the inbox: {}", name, problem);
        } else if (isNews) {
            LOG.warn("{} stays in the inbox and is tried again, which is told once: {}", name, problem);
            LOG.debug("{}", name, why);
        }
    }
}
