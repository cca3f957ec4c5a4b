package io.vitallyrelay.sink;

import io.vitallyrelay.message.Notice;
import io.vitallyrelay.message.Notices;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.message.ShownText;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * Counts what was admitted although it is likely a mistake, for each integration and kind, and warns of the first, the 10th, the
 * 100th and so on. Holds a few numbers for each integration. Thread-safe.
 */
public final class CountedWarnings implements Notices {
    private static final int KINDS = Notice.values().length;

    private final Map<String, AtomicLongArray> counts = new ConcurrentHashMap<>();
    private final Consumer<String> warning;

    /** @param warning is told the text */
    public CountedWarnings(Consumer<String> warning) {
        this.warning = warning;
    }

    @Override
    public void told(Notice notice, int count, String detail, Origin origin) {
        AtomicLongArray ofIntegration =
                counts.computeIfAbsent(origin.integration(), integration -> new AtomicLongArray(KINDS));
        long now = ofIntegration.addAndGet(notice.ordinal(), count);
        if (reachesAPowerOfTen(now - count, now)) {
            warning.accept("%s: %d %s so far, the last from %s, %s%s. %s"
                    .formatted(
                            origin.integration(),
                            now,
                            notice.what(),
                            ShownText.of(origin.unit()),
                            ShownText.of(origin.position()),
                            detail.isEmpty() ? "" : ": " + detail,
                            notice.advice()));
        }
    }

    private static boolean reachesAPowerOfTen(long before, long now) {
        long power = 1;
        while (power <= before) {
            power *= 10;
        }
        return power <= now;
    }
}
