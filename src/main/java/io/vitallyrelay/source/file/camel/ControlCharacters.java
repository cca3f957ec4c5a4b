package io.vitallyrelay.source.file.camel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;

/**
 * Lets a route say <code>delimiter: "&#92;u0001"</code>: YAML makes that the character itself, which no URI may contain. Routes
 * get it as the text of its escape, before their URIs are made. Stateless.
 */
public final class ControlCharacters extends ModelLifecycleStrategySupport {
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final int FIRST_SEEN = ' ';

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        FromDefinition from = route.getInput();
        if (from != null && from.getUri() != null) {
            from.setUri(escaped(from.getUri()));
        }
    }

    /** With an escape in the place of each control character. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> {
            if (c < FIRST_SEEN || c == 0x7F) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    /** What a text means that may be one escape. */
    static String unescaped(String text) {
        Matcher escape = ESCAPE.matcher(text);
        return escape.matches() ? Character.toString(Integer.parseInt(escape.group(1), 16)) : text;
    }
}
