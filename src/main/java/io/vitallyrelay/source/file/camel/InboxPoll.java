package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.message.LogText;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.file.FinishedFile;
import io.vitallyrelay.source.file.Inbox;
import io.vitallyrelay.source.file.InboxFile;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.source.file.MovedFile;
import io.vitallyrelay.source.file.MovedFiles;
import io.vitallyrelay.source.file.Stray;
import io.vitallyrelay.spool.SpoolClosedException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The polls of one consumer of camel-file: each begins with a look into the inbox, and gives Camel only what that look found
 * ready. What goes wrong with a file is that file's: it stays, is told of once, and the next one is read. Used by the thread
 * that polls, in which the files go through their route.
 */
final class InboxPoll {
    private static final Logger LOG = LoggerFactory.getLogger(InboxPoll.class);
    private static final String SOURCE = "inbox";
    /** Camel makes an exchange for each file of a poll before it reads the first one. */
    static final int MOST_AT_ONCE = 5_000;

    private static final String NEVER_READ = ".camelLock";
    private static final String WITH_LINE_BREAKS = "(?s)";

    private final FileConsumer consumer;
    private final FileEndpoint endpoint;
    private final String integration;
    private final Pattern include;
    private final Inboxes inboxes;
    private final MovedFiles moved;
    private final SourceStates states;
    private final BooleanSupplier stopping;
    private final Inbox inbox;
    /** Those that are through and only have to be moved. */
    private final Map<Path, FinishedFile> unmoved = new HashMap<>();
    /** What the last look found ready, in order, by the names that Camel sees. */
    private final Map<String, Ready> ready = new LinkedHashMap<>();

    private InboxFile inHand;

    private record Ready(InboxFile file, int place) {}

    private InboxPoll(
            FileConsumer consumer,
            String integration,
            Pattern include,
            Inboxes inboxes,
            MovedFiles moved,
            SourceStates states,
            BooleanSupplier stopping) {
        this.consumer = consumer;
        this.endpoint = consumer.getEndpoint();
        this.integration = integration;
        this.include = include;
        this.inboxes = inboxes;
        this.moved = moved;
        this.states = states;
        this.stopping = stopping;
        inbox = inboxes.open(integration, include, Duration.ofMillis(endpoint.getReadLockMinAge()));
    }

    /**
     * Makes the consumer ask what the polls know.
     *
     * @throws IllegalArgumentException when it reads another folder than an inbox
     */
    static InboxPoll open(
            FileConsumer consumer, Inboxes inboxes, MovedFiles moved, SourceStates states, BooleanSupplier stopping) {
        FileEndpoint endpoint = consumer.getEndpoint();
        Path folder = endpoint.getFile().toPath().toAbsolutePath().normalize();
        if (!inboxes.root().toAbsolutePath().normalize().equals(folder.getParent())) {
            throw new IllegalArgumentException(folder + ": #inbox is for the folders in " + inboxes.root());
        }
        String integration = folder.getFileName().toString();
        Pattern include = include(endpoint.getIncludePattern());
        inboxes.add(integration, include);
        InboxPoll poll = new InboxPoll(consumer, integration, include, inboxes, moved, states, stopping);
        // a file is through, or stays, before the next one is begun
        endpoint.setSynchronous(true);
        endpoint.setFilter(poll::accepts);
        endpoint.setSorter(poll::compare);
        ExceptionHandler problems = poll.new Problems();
        endpoint.setOnCompletionExceptionHandler(problems);
        consumer.setExceptionHandler(problems);
        return poll;
    }

    /** As Camel's, and a name may hold a line break. */
    private static Pattern include(Pattern names) {
        String text = names == null ? ".*" : names.pattern();
        return Pattern.compile(
                text.startsWith(WITH_LINE_BREAKS) ? text.substring(WITH_LINE_BREAKS.length()) : text,
                Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** Routes of the same parameters have one endpoint, and one of them reads. */
    boolean isOf(FileConsumer reader) {
        return consumer == reader;
    }

    boolean isOver() {
        return consumer.isStoppingOrStopped();
    }

    /**
     * Looks into the inbox.
     *
     * @return whether there is something to be read
     */
    boolean begin() {
        ready.clear();
        // a poll that an error broke off left its files there; this one has not begun any
        endpoint.getInProgressRepository().clear();
        for (InboxFile file : look()) {
            if (ready.size() == MOST_AT_ONCE) {
                break;
            }
            String name = file.path().getFileName().toString();
            String problem = whyNotByCamel(file, name);
            if (problem != null) {
                if (inbox.stays(file, problem, false)) {
                    LOG.warn("{} is not read: {}", name(file), problem);
                }
            } else {
                // two names that are no text may look alike: the second one waits until the first has gone or pauses
                ready.putIfAbsent(name, new Ready(file, ready.size()));
            }
        }
        return !ready.isEmpty();
    }

    /** @param name as Camel sees it: what is no text of the locale is replaced */
    private String whyNotByCamel(InboxFile file, String name) {
        if (file.name().endsWith(NEVER_READ)) {
            return "Camel reads no file whose name ends with " + NEVER_READ + ": rename it";
        }
        Pattern names = endpoint.getIncludePattern();
        return names == null || names.matcher(name).matches()
                ? null
                : "its name matches " + include + ", but not as Camel reads it, as " + LogText.of(name)
                        + ": rename it, or let the service run in a locale of UTF-8";
    }

    private List<InboxFile> look() {
        try {
            moved.grown().forEach(InboxPoll::tellGrown);
            PrivateFiles.createFolders(inbox.folder());
            if (!Files.isWritable(inbox.folder())) {
                failing("it cannot be written, so no file could be moved out of it when it is read");
                return List.of();
            }
            List<InboxFile> files = inbox.look();
            unmoved.keySet().removeIf(path -> !inbox.knowsAsRead(path));
            tell(inbox.news(), inbox.folder());
            inboxes.notRead(integration, include, inbox.notRead());
            tell(inboxes.lookBeside(), inboxes.root());
            if (inbox.isStuck()) {
                failing(Inbox.MOST_STUCK + " files that were read cannot be moved, so no more are read until they are");
            } else if (states.well(integration, SOURCE)) {
                LOG.info("{}: the inbox {} is read again", integration, LogText.of(inbox.folder()));
            }
            return files;
        } catch (IOException | RuntimeException e) {
            failing("it cannot be looked into: " + e);
            LOG.debug("{}", inbox.folder(), e);
            return List.of();
        }
    }

    private void failing(String problem) {
        if (states.failing(integration, SOURCE, inbox.folder() + ": " + problem)) {
            LOG.warn(
                    "{}: nothing is read from the inbox {} for now: {}",
                    integration,
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

    private boolean accepts(GenericFile<File> file) {
        return of(file) != null;
    }

    private int compare(GenericFile<File> one, GenericFile<File> other) {
        return Integer.compare(of(one).place, of(other).place);
    }

    private Ready of(GenericFile<File> file) {
        return ready.get(file.getFile().getName());
    }

    /**
     * Gives the file to the route, as the {@link Path} that the look found.
     *
     * @return whether it is to be read
     */
    boolean begin(Exchange exchange, GenericFile<File> candidate) {
        InboxFile file = of(candidate).file;
        if (stopping.getAsBoolean() || !inboxes.take(file.path())) {
            return false;
        }
        inHand = file;
        boolean isRead = false;
        try {
            FinishedFile finished = unmoved.get(file.path());
            if (!inbox.isAsSeen(file)) {
                LOG.debug("{} is no longer as it was", file.path());
            } else if (finished != null) {
                move(finished);
                LOG.info("{} is moved to {} now", LogText.of(finished.file()), LogText.of(finished.folder()));
            } else {
                exchange.getMessage().setBody(file.path());
                isRead = true;
            }
        } catch (IOException | RuntimeException | NotMovedException e) {
            stays(file, e);
        } finally {
            if (!isRead) {
                giveBack();
            }
        }
        return isRead;
    }

    private void giveBack() {
        inboxes.giveBack(inHand.path());
        inHand = null;
    }

    private void move(FinishedFile finished) throws NotMovedException {
        try {
            moved.add(finished.move());
        } catch (IOException e) {
            throw new NotMovedException(finished, e);
        }
    }

    /** The file went through its route. */
    void commit(Exchange exchange) {
        InboxFile file = inHand;
        try {
            DurableFile through = DurableFile.in(exchange);
            if (through != null) {
                move(through.finished());
                through.tell().run();
            } else if (inbox.isAsSeen(file)) {
                stays(file, new FileStaysException("its route left it there: records:close is missing", null));
            }
        } catch (IOException | RuntimeException | NotMovedException e) {
            stays(file, e);
        } finally {
            giveBack();
        }
    }

    void rollback(Throwable why) {
        if (inHand != null) {
            stays(inHand, why == null ? new IllegalStateException("its route failed, and did not say why") : why);
            giveBack();
        }
    }

    private String name(InboxFile file) {
        return LogText.of(inbox.folder() + File.separator + file.name());
    }

    private void stays(InboxFile file, Throwable why) {
        String name = name(file);
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

    /** What Camel catches: without this it would be in the log with its stack trace, again at each poll. */
    private final class Problems implements ExceptionHandler {
        @Override
        public void handleException(Throwable why) {
            if (inHand == null) {
                failing("it cannot be read: " + why);
                LOG.debug("{}", inbox.folder(), why);
            } else {
                rollback(why);
            }
        }

        @Override
        public void handleException(String message, Throwable why) {
            handleException(why);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable why) {
            handleException(why);
        }
    }
}
