package io.vitallyrelay.source.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * All inboxes: which integration takes which names, what lies beside the inboxes, and how much of all that nobody reads. Routes
 * may share an inbox. Thread-safe.
 */
public final class Inboxes {
    /** What stands for the integration of what lies beside the inboxes. */
    public static final String NONE = "none";

    private static final Duration LOOKS_BESIDE = Duration.ofSeconds(1);

    private final Path root;
    private final LongSupplier ticker;
    /** By integration, in the order of the routes. */
    private final Map<String, List<Pattern>> patterns = new ConcurrentHashMap<>();

    private final Map<String, Integer> notRead = new ConcurrentSkipListMap<>();
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();
    /** Guarded by this, as the next one. */
    private final Inbox beside;

    private long nextLook;

    /**
     * @param root the folder of the inboxes
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public Inboxes(Path root, LongSupplier ticker) {
        this.root = root;
        this.ticker = ticker;
        beside = new Inbox(root, new Beside(), Duration.ZERO, ticker);
        nextLook = ticker.getAsLong();
    }

    public Path root() {
        return root;
    }

    /** A route takes the files of the integration's inbox whose names match. Does nothing where that is known. */
    public void add(String integration, Pattern names) {
        patterns.compute(integration, (key, before) -> {
            List<Pattern> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
            if (all.stream().noneMatch(one -> one.pattern().equals(names.pattern()))) {
                all.add(names);
            }
            return List.copyOf(all);
        });
    }

    /** The inbox of the integration as a route sees it that takes the names that match. */
    public Inbox open(String integration, Pattern names, Duration settled) {
        return new Inbox(root.resolve(integration), new ByName(integration, names), settled, ticker);
    }

    /** Whether the file is now in the hands of the caller, and of no other route that reads this inbox. */
    public boolean take(Path file) {
        return taken.add(file);
    }

    public void giveBack(Path file) {
        taken.remove(file);
    }

    /**
     * Looks at what lies beside the inboxes, unless somebody just did.
     *
     * @return what was not told of before
     * @throws IOException when the folder cannot be read
     */
    public synchronized List<Stray> lookBeside() throws IOException {
        if (ticker.getAsLong() - nextLook < 0) {
            return List.of();
        }
        nextLook = ticker.getAsLong() + LOOKS_BESIDE.toNanos();
        beside.look();
        notRead.put(NONE, beside.notRead());
        return beside.news();
    }

    /** So much of what lies in the inbox of the integration nobody reads. */
    public void notRead(String integration, Pattern names, int count) {
        if (isFirst(integration, names)) {
            notRead.put(integration, count);
        }
    }

    /** What nobody reads, by integration, and {@link #NONE} for what lies beside the inboxes. */
    public Map<String, Integer> notRead() {
        return Map.copyOf(notRead);
    }

    /** Of the routes that share an inbox one tells what nobody reads. */
    private boolean isFirst(String integration, Pattern names) {
        return patterns.getOrDefault(integration, List.of(names))
                .get(0)
                .pattern()
                .equals(names.pattern());
    }

    private final class ByName implements Inbox.Rule {
        private final String integration;
        private final Pattern names;

        ByName(String integration, Pattern names) {
            this.integration = integration;
            this.names = names;
        }

        @Override
        public boolean reads(String name) {
            return names.matcher(name).matches();
        }

        @Override
        public boolean tells() {
            return isFirst(integration, names);
        }

        @Override
        public String whyNot(String name) {
            List<Pattern> all = patterns.getOrDefault(integration, List.of(names));
            return all.stream().anyMatch(one -> one.matcher(name).matches())
                    ? null
                    : integration + " takes names that match "
                            + String.join(
                                    " or ", all.stream().map(Pattern::pattern).toList());
        }
    }

    private final class Beside implements Inbox.Rule {
        @Override
        public boolean reads(String name) {
            return false;
        }

        @Override
        public String whyNot(String name) {
            return "it lies beside the inboxes, which are the folders in " + root + " named as an integration";
        }

        @Override
        public String whyNotFolder(Path folder) {
            return patterns.containsKey(FileName.of(folder)) || isEmpty(folder)
                    ? null
                    : "no integration that runs takes files from this folder in " + root;
        }
    }

    private static boolean isEmpty(Path folder) {
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(folder, path -> !FileName.of(path).startsWith("."))) {
            return !entries.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
