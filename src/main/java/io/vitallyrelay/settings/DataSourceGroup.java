package io.vitallyrelay.settings;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The settings of one data source. There are as many as are configured; a name is what stands between prefix and setting. */
record DataSourceGroup(
        Setting<String> url,
        Setting<String> user,
        Setting<String> password,
        Setting<ZoneId> zone,
        Setting<Duration> timeout) {
    private static final String GROUP = "Data sources";
    private static final String PREFIX = "relay.datasource.";

    /** As the documentation shows them. */
    static final DataSourceGroup DOCUMENTED = of("<name>");

    /** Without a hyphen or the like: it could not be told from a dot in the name of a variable. */
    private static final Pattern KEY = Pattern.compile("relay\\.datasource\\.([a-z][a-z0-9]*)\\.(" + own() + ")");

    private static final Pattern VARIABLE =
            Pattern.compile("RELAY_DATASOURCE_([A-Z][A-Z0-9]*)_(" + own().toUpperCase(Locale.ROOT) + ")");

    static DataSourceGroup of(String name) {
        return new DataSourceGroup(
                new Setting<>(
                        GROUP,
                        PREFIX + name + ".url",
                        null,
                        new JdbcUrl(),
                        "A database, known as <name> to the integrations that poll its tables."),
                new Setting<>(GROUP, PREFIX + name + ".user", "", new Text(false), "Who logs in there."),
                new Setting<>(
                        GROUP,
                        PREFIX + name + ".password",
                        "",
                        new Text(true),
                        "The secret to log in with; never shown."),
                new Setting<>(
                        GROUP,
                        PREFIX + name + ".zone",
                        "UTC",
                        new TimeZone(),
                        "What timestamps without a time zone mean there."),
                new Setting<>(
                        GROUP,
                        PREFIX + name + ".timeout",
                        "1m",
                        TimeSpan.between(Duration.ofSeconds(1), Duration.ofHours(1)),
                        "So long a statement may take, and the database may be silent, before the poll is broken off and tried"
                                + " again."));
    }

    /** The names of the data sources of which anything is configured. */
    static SortedSet<String> namesIn(Collection<String> configured) {
        SortedSet<String> names = new TreeSet<>();
        for (String name : configured) {
            Matcher key = KEY.matcher(name);
            Matcher variable = VARIABLE.matcher(name);
            if (key.matches()) {
                names.add(key.group(1));
            } else if (variable.matches()) {
                names.add(variable.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    /** Their names behind that of the data source. */
    private static String own() {
        return DOCUMENTED.all().stream()
                .map(setting -> setting.key().substring(setting.key().lastIndexOf('.') + 1))
                .collect(Collectors.joining("|"));
    }

    List<Setting<?>> all() {
        return List.of(url, user, password, zone, timeout);
    }
}
