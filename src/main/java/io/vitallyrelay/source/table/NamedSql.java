package io.vitallyrelay.source.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement with parameters by name, such as {@code :updated_at}. Names have no case. Everything else stays as the engineer
 * wrote it: values are bound by the driver, and nothing is ever put into the text.
 *
 * @param text the statement with a question mark in the place of each parameter
 * @param names of the parameters, in small letters, in the order of the question marks; one name may stand several times
 */
record NamedSql(String text, List<String> names) {
    /** Texts, names in quotes and comments are passed over: nothing in them means anything. */
    private static final String QUOTED = "'[^']*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|(?s:/\\*.*?\\*/)";
    /** A cast ({@code ::date}) is none. */
    private static final Pattern PARAMETER = Pattern.compile(QUOTED + "|::+" + "|:(?<name>[A-Za-z_][A-Za-z0-9_]*)");

    /** A {@code >} before a parameter, be it in brackets or in a function, or a {@code <} behind one. */
    private static final Pattern STRICT = Pattern.compile(QUOTED
            + "|(?<behind>(?<![-<>@=!|~&#?])>(?=(?:\\s|\\(|[A-Za-z_]\\w*\\s*\\()*\\?(?!\\?)))"
            + "|(?<before>\\?(?!\\?)(?:[\\s)]|::\\w+|,\\s*\\?)*<)(?![=>@<~#])");

    static NamedSql parse(String statement) {
        List<String> names = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        Matcher matcher = PARAMETER.matcher(statement);
        while (matcher.find()) {
            String name = matcher.group("name");
            if (name != null) {
                names.add(name.toLowerCase(Locale.ROOT));
            }
            matcher.appendReplacement(text, name == null ? Matcher.quoteReplacement(matcher.group()) : "?");
        }
        matcher.appendTail(text);
        return new NamedSql(text.toString(), List.copyOf(names));
    }

    /** The same, but for rows that are equal to its parameters too: nothing is strictly behind an empty text, or nil. */
    NamedSql inclusive() {
        StringBuilder inclusive = new StringBuilder();
        Matcher matcher = STRICT.matcher(text);
        while (matcher.find()) {
            boolean strict = matcher.group("behind") != null || matcher.group("before") != null;
            matcher.appendReplacement(
                    inclusive, Matcher.quoteReplacement(strict ? matcher.group() + "=" : matcher.group()));
        }
        matcher.appendTail(inclusive);
        return new NamedSql(inclusive.toString(), names);
    }
}
