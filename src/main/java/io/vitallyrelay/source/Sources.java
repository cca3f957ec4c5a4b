package io.vitallyrelay.source;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which integrations there are, and what each of them reads; known once their routes are loaded. Thread-safe. */
public final class Sources {
    /** What is read. */
    public enum Kind {
        FILES,
        QUEUE,
        TABLE
    }

    private final Map<String, Set<Kind>> kinds = new TreeMap<>();

    /** It reads such, among others perhaps. */
    public synchronized void reads(String integration, Kind kind) {
        kinds.computeIfAbsent(integration, name -> EnumSet.noneOf(Kind.class)).add(kind);
    }

    /** There is such an integration; what it reads may not be known. */
    public synchronized void add(String integration) {
        kinds.computeIfAbsent(integration, name -> EnumSet.noneOf(Kind.class));
    }

    /** By integration, in order of their names. */
    public synchronized Map<String, Set<Kind>> all() {
        Map<String, Set<Kind>> all = new TreeMap<>();
        kinds.forEach((integration, kind) -> all.put(integration, Set.copyOf(kind)));
        return all;
    }
}
