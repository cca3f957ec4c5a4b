package io.vitallyrelay.settings;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the settings' table looks like for people: as a page of the documentation and as a properties file. */
final class SettingsPages {
    /** Begins the part of {@code application.properties} which is written by hand. */
    static final String BY_HAND = "# --- Quarkus and Camel ---\n";

    private SettingsPages() {}

    static String reference() {
        StringBuilder page = new StringBuilder("""
                # Settings

                All settings are read and checked once, at the start. If any is wrong the service does not start, and says everything that is wrong.

                - A setting is given, the strongest first, as a system property (`-Dvitally.lanes=8`), as an environment variable (`VITALLY_RETRY_MAX_AGE` for `vitally.retry.max-age`), or in `application.properties`: in the working directory, or else beside `bin` of [the archive](command-line.md#the-archive). What is given nowhere, or is empty, has its default.
                - Durations have a unit: `500ms`, `5s`, `1m`, `2h`, `7d`, or ISO 8601 as `PT5S`.
                - Sizes are plain bytes or have a unit: `KB`, `MB`, `GB` count in thousands, `KiB`, `MiB`, `GiB` in 1024s.
                - Unknown keys under `vitally.` and `relay.` are refused. Of unknown environment variables those that look like a misspelled setting are refused; a warning names the others.
                - The token and passwords are never shown, nor are user info and queries of URLs and the URLs of databases. Plain `http` to another machine works, with a warning, as it shows the token to everyone on the way.
                """);
        String group = "";
        for (Setting<?> setting : all()) {
            if (!group.equals(setting.group())) {
                group = setting.group();
                page.append("\n## %s\n\n".formatted(group))
                        .append("| setting | default | allowed | meaning |\n|---|---|---|---|\n");
            }
            page.append(row(setting));
        }
        return page.toString();
    }

    private static List<Setting<?>> all() {
        return Stream.concat(SettingsTable.ALL.stream(), DataSourceGroup.DOCUMENTED.all().stream())
                .toList();
    }

    /** A setting of a group with a name of its own, of which there may be none. */
    private static boolean isNamed(Setting<?> setting) {
        return setting.key().contains("<name>");
    }

    static String defaultOf(Setting<?> setting) {
        return setting.required() ? "required" : setting.optional() ? "none" : "`" + setting.defaultText() + "`";
    }

    private static String row(Setting<?> setting) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(setting.key(), defaultOf(setting), setting.kind().allowed(), setting.explanation());
    }

    static String properties() {
        StringBuilder file = new StringBuilder("""
                # The settings of Vitally Relay with their defaults, which are also explained in docs/reference/settings.md.
                # A copy in the working directory overrides this file; environment variables override both.
                """);
        String group = "";
        for (Setting<?> setting : all()) {
            if (!group.equals(setting.group())) {
                group = setting.group();
                file.append("\n# --- ").append(group).append(" ---\n");
            }
            file.append(entry(setting));
        }
        return file.append("\n").append(BY_HAND).toString();
    }

    private static String entry(Setting<?> setting) {
        return """

                # %s
                # %s: %s
                %s%s=%s
                """.formatted(
                        setting.explanation(),
                        setting.required()
                                ? "required"
                                : setting.optional() ? "default none" : "default " + setting.defaultText(),
                        setting.kind().allowed(),
                        setting.required() || isNamed(setting) ? "# " : "",
                        setting.key(),
                        Objects.requireNonNullElse(setting.defaultText(), ""));
    }
}
