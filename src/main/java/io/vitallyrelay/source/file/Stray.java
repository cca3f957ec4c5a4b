package io.vitallyrelay.source.file;

import io.vitallyrelay.message.LogText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Something in an inbox, or beside the inboxes, that nobody reads.
 *
 * @param why in words that go on behind a colon
 */
public record Stray(String name, String why) {
    static final int MOST_NAMES = 10;

    /** One line for each reason, with the first names. */
    public static List<String> lines(List<Stray> strays) {
        Map<String, List<Stray>> byReason =
                strays.stream().collect(Collectors.groupingBy(Stray::why, LinkedHashMap::new, Collectors.toList()));
        List<String> lines = new ArrayList<>();
        byReason.forEach((why, some) -> lines.add(names(some) + " not read: " + why));
        return lines;
    }

    private static String names(List<Stray> some) {
        String names =
                some.stream().limit(MOST_NAMES).map(one -> LogText.of(one.name)).collect(Collectors.joining(", "));
        int more = some.size() - MOST_NAMES;
        return names + (more > 0 ? " and " + more + " more" : "") + (some.size() == 1 ? " is" : " are");
    }
}
