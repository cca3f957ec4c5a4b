package io.vitallyrelay.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The sources that cannot be read at the moment, and why, for health and log. Whoever reads a source tells both when it fails
 * and when it goes well again; the answer says whether that is news, so that it is logged once. Thread-safe.
 */
public final class SourceStates {
    private final Map<String, SourceState> troubled = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    public SourceStates(InstantSource clock) {
        this.clock = clock;
    }

    /** The source cannot be read for now, and is tried again. @return whether the problem is new */
    public boolean failing(String integration, String source, String problem) {
        return put(integration, source, problem, false);
    }

    /** The source is not read, and nothing goes on by itself. @return whether the problem is new */
    public boolean ended(String integration, String source, String problem) {
        return put(integration, source, problem, true);
    }

    /** The source can be read. @return whether that is new */
    public boolean well(String integration, String source) {
        return troubled.remove(key(integration, source)) != null;
    }

    /** All that cannot be read, sorted by integration and source. */
    public List<SourceState> all() {
        return List.copyOf(troubled.values());
    }

    private boolean put(String integration, String source, String problem, boolean down) {
        Instant now = clock.instant();
        SourceState before = troubled.get(key(integration, source));
        Instant since = before == null ? now : before.since();
        troubled.put(key(integration, source), new SourceState(integration, source, problem, since, down));
        return before == null || before.down() != down || !before.problem().equals(problem);
    }

    private static String key(String integration, String source) {
        return integration + '\n' + source;
    }
}
