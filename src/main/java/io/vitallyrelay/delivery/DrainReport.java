package io.vitallyrelay.delivery;

import io.vitallyrelay.spool.LaneCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a stop did, in words an operator understands.
 *
 * @param before each lane when the stop began
 * @param after each lane at its end
 */
public record DrainReport(Duration took, List<LaneCounts> before, List<LaneCounts> after) {

    @Override
    public String toString() {
        String lanes = IntStream.range(0, after.size()).mapToObj(this::lane).collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "drained in %.1f s: %,d delivered, %,d dead, %,d still pending (%s)",
                took.toMillis() / 1000.0,
                since(LaneCounts::delivered),
                since(LaneCounts::dead),
                sum(after, LaneCounts::pending),
                lanes);
    }

    private String lane(int lane) {
        LaneCounts now = after.get(lane);
        long delivered = now.delivered() - before.get(lane).delivered();
        return String.format(Locale.ROOT, "lane %d: %,d delivered, %,d pending", lane, delivered, now.pending());
    }

    private long since(ToLongFunction<LaneCounts> count) {
        return sum(after, count) - sum(before, count);
    }

    private static long sum(List<LaneCounts> lanes, ToLongFunction<LaneCounts> count) {
        return lanes.stream().mapToLong(count).sum();
    }
}
