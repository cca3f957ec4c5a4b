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
    /** Texts, names in quotes, comments and casts ({@code ::date}) are passed over: a colon in them means nothing. */
    private static final Pattern PARAMETER = Pattern.compile(
            "'[^']*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|(?s:/\\*.*?\\*/)|::+" + "|:(?<name>[A-Za-z_][A-Za-z0-9_]*)");

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
}
