package io.vitallyrelay.source.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What lies in a folder, looked at again and again. A file may be read when two looks, a while apart, saw the same size and
 * time of it; what the time says does not matter, as copies keep old ones and clocks differ. Only regular files are read: a link
 * could lead anywhere, and to open a pipe waits for its writer. Names that begin with a dot are passed over.
 *
 * <p>It remembers what the last look saw, up to {@value #MOST} names; those behind them wait until some of them have gone. Not
 * thread-safe.
 */
public final class Inbox {
    static final int MOST = 200_000;
    /** So many files that were read and cannot be moved are enough: the next ones would fare the same. */
    public static final int MOST_STUCK = 100;
    /** Writers give files other names while they write: those are not told of at once. */
    static final Duration STRAY_AFTER = Duration.ofSeconds(5);

    static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Path folder;
    private final Rule rule;
    private final long settled;
    private final LongSupplier ticker;

    private Map<Path, Seen> seen = new HashMap<>();
    private List<Stray> news = List.of();
    private int notRead;
    private int stuck;

    /** Which files are read, and what is said of the others. */
    public interface Rule {
        boolean reads(String name);

        /** Whether what nobody reads is to be told at all. */
        default boolean tells() {
            return true;
        }

        /** @return why nobody reads a regular file of that name; null where that is not to be told */
        String whyNot(String name);

        /** As {@link #whyNot}, for a folder. */
        default String whyNotFolder(Path folder) {
            return "a folder, and only files that lie in the inbox itself are read";
        }
    }

    private enum Kind {
        READ,
        OTHER_NAME,
        FOLDER,
        LINK,
        NO_FILE,
        UNKNOWN
    }

    private static final class Seen {
        private final long size;
        private final FileTime modified;
        private final Object key;
        /** When a look saw it first as it is. */
        private final long since;

        private final Kind kind;

        private boolean told;
        private String problem;
        /** Also of the file as it was before. */
        private String toldProblem;

        private boolean isRead;
        private long wait;
        private long notBefore;

        Seen(BasicFileAttributes is, long since, Kind kind) {
            size = is.size();
            modified = is.lastModifiedTime();
            key = is.fileKey();
            this.since = since;
            this.kind = kind;
            notBefore = since;
        }

        /** Of what cannot be looked at. */
        Seen(long since) {
            size = -1;
            modified = FileTime.fromMillis(0);
            key = null;
            this.since = since;
            kind = Kind.UNKNOWN;
        }

        boolean isAs(BasicFileAttributes is) {
            return size == is.size() && modified.equals(is.lastModifiedTime()) && Objects.equals(key, is.fileKey());
        }
    }

    /**
     * @param settled how far apart the two looks have to be
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public Inbox(Path folder, Rule rule, Duration settled, LongSupplier ticker) {
        this.folder = folder;
        this.rule = rule;
        this.settled = settled.toNanos();
        this.ticker = ticker;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Looks once.
     *
     * @return the files that may be read now, those that were written first in front
     * @throws IOException when the folder cannot be read
     */
    public List<InboxFile> look() throws IOException {
        long now = ticker.getAsLong();
        Map<Path, Seen> still = new HashMap<>();
        List<InboxFile> ready = new ArrayList<>();
        List<Stray> strays = new ArrayList<>();
        notRead = 0;
        stuck = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path path : entries) {
                String name = FileName.of(path);
                Seen one = name.startsWith(".") ? null : seen(path, name, now);
                if (one == null) {
                    continue;
                }
                if (still.size() == MOST) {
                    break;
                }
                still.put(path.getFileName(), one);
                if (one.kind == Kind.READ) {
                    addReady(ready, path, name, one, now);
                } else if (one.told || now - one.since >= STRAY_AFTER.toNanos()) {
                    addStray(strays, path, name, one);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        seen = still;
        news = strays;
        if (stuck >= MOST_STUCK) {
            ready.removeIf(file -> !of(file).isRead);
        }
        ready.sort(InboxFile.IN_ORDER);
        return ready;
    }

    /** Null where it has gone by now. */
    private Seen seen(Path path, String name, long now) {
        Seen before = seen.get(path.getFileName());
        Seen one;
        try {
            BasicFileAttributes is = attributes(path);
            if (is == null || (before != null && before.isAs(is))) {
                return is == null ? null : before;
            }
            one = new Seen(is, now, kind(name, is));
        } catch (IOException e) {
            // the others can be read nevertheless
            one = new Seen(before == null ? now : before.since);
        }
        if (before != null) {
            one.told = before.told;
            one.toldProblem = before.toldProblem;
        }
        return one;
    }

    private Kind kind(String name, BasicFileAttributes is) {
        if (is.isRegularFile()) {
            return rule.reads(name) ? Kind.READ : Kind.OTHER_NAME;
        }
        if (is.isDirectory()) {
            return Kind.FOLDER;
        }
        return is.isSymbolicLink() ? Kind.LINK : Kind.NO_FILE;
    }

    private String whyNot(Path path, String name, Kind kind) {
        return switch (kind) {
            case READ -> null;
            case OTHER_NAME -> rule.whyNot(name);
            case FOLDER -> rule.whyNotFolder(path);
            case LINK -> "a link, which could lead anywhere: move or copy the file itself";
            case NO_FILE -> "no regular file, but a pipe, a socket or a device";
            case UNKNOWN -> "it cannot be looked at";
        };
    }

    private void addReady(List<InboxFile> ready, Path path, String name, Seen one, long now) {
        stuck += one.isRead ? 1 : 0;
        notRead += one.problem != null && !one.isRead ? 1 : 0;
        if (now - one.since >= settled && now - one.notBefore >= 0) {
            ready.add(new InboxFile(path, name, one.modified));
        }
    }

    private void addStray(List<Stray> strays, Path path, String name, Seen one) {
        String why = rule.tells() ? whyNot(path, name, one.kind) : null;
        if (why == null) {
            return;
        }
        notRead++;
        if (!one.told) {
            one.told = true;
            strays.add(new Stray(name, why));
        }
    }

    /** What nobody reads and was not told of before the last look. */
    public List<Stray> news() {
        return news;
    }

    /** How many of what the last look saw nobody reads, or nobody can. */
    public int notRead() {
        return notRead;
    }

    /** Whether no new files are read, because too many that were read cannot be moved. */
    public boolean isStuck() {
        return stuck >= MOST_STUCK;
    }

    /** Whether the file still is what the last look saw. */
    public boolean isAsSeen(InboxFile file) throws IOException {
        BasicFileAttributes is = attributes(file.path());
        return is != null && of(file).isAs(is);
    }

    /**
     * The file stays, and is tried again after a pause, twice as long as the one before and a minute at most.
     *
     * @param isRead whether it only has to be moved
     * @return whether that is news
     */
    public boolean stays(InboxFile file, String problem, boolean isRead) {
        Seen one = of(file);
        one.notBefore = ticker.getAsLong() + one.wait;
        one.wait = Math.min(Math.max(2 * one.wait, settled), LONGEST_WAIT.toNanos());
        boolean isNews = !problem.equals(one.toldProblem);
        one.problem = problem;
        one.toldProblem = problem;
        one.isRead = isRead;
        return isNews;
    }

    /** Whether the file is still there as it was read, and only has to be moved. */
    public boolean knowsAsRead(Path file) {
        Seen one = seen.get(file.getFileName());
        return one != null && one.isRead;
    }

    private Seen of(InboxFile file) {
        return seen.get(file.path().getFileName());
    }

    /** Of the link itself, where it is one. Null where it has gone by now. */
    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
