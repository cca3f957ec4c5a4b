package io.vitallyrelay.settings;

import java.util.Locale;

/**
 * One setting: the source of its check, its error texts and its documentation.
 *
 * @param group the heading it stands under
 * @param key its name in property files and system properties
 * @param defaultText what an absent or empty value means; {@code null} where a value is required, empty
 *     where there may be none
 * @param kind what is allowed, and what it means
 * @param explanation one line, in ASCII as it also stands in a properties file
 */
public record Setting<T>(String group, String key, String defaultText, Kind<T> kind, String explanation) {
    boolean required() {
        return defaultText == null;
    }

    /** Whether it may have no value at all. */
    boolean optional() {
        return "".equals(defaultText);
    }

    /** Its name among the environment variables. */
    String variable() {
        return variable(key);
    }

    /** The name which MicroProfile Config looks for in the environment when it wants the property. */
    static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
