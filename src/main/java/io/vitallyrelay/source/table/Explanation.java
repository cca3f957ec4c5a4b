package io.vitallyrelay.source.table;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What went wrong with a database, in one line without its access data. These are hidden where a driver repeats them, and not
 * wherever the same word occurs: a password {@code accounts} hides no table, and does not show itself by what is hidden.
 */
final class Explanation {
    private static final int SHOWN = 500;
    /** As PostgreSQL and H2, H2 of a lock, and MariaDB tell it. */
    private static final Set<String> TIMED_OUT = Set.of("57014", "HYT00", "70100");

    private static final Pattern URL = Pattern.compile("jdbc:[^\\s\"']+", Pattern.CASE_INSENSITIVE);
    /** As in a URL, in a list of properties, and in a sentence. */
    private static final Pattern SECRET = Pattern.compile(
            "\\b([\\w.-]*(?:password|passwd|pwd|passphrase|secret|token))(\\s*[=:]\\s*|\\s+(?=[\"']))(\"[^\"]*\"|'[^']*'|[^\\s&;,)]+)",
            Pattern.CASE_INSENSITIVE);
    /** Nothing has such a name, so where it stands the password is meant. */
    private static final Pattern NO_NAME = Pattern.compile(".*\\W.*", Pattern.DOTALL);

    private static final int LONG = 8;

    private Explanation() {}

    static String of(Throwable thrown, Database database) {
        String message = thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
        if (thrown instanceof Error) {
            message = thrown.toString();
        } else if (thrown instanceof SQLException) {
            message = "data source " + database.name() + ": " + message;
        }
        if (thrown.getCause() != null) {
            message += " (" + thrown.getCause() + ")";
        }
        if (isTimeout(thrown)) {
            message += "; it may take relay.datasource." + database.name() + ".timeout=" + shown(database.timeout());
        }
        String shown = hide(message, database).replaceAll("\\s+", " ");
        return shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown;
    }

    static boolean isTimeout(Throwable thrown) {
        for (Throwable one = thrown; one != null; one = one.getCause()) {
            if (one instanceof SQLTimeoutException
                    || one instanceof SocketTimeoutException
                    || one instanceof SQLException refused
                            && refused.getSQLState() != null
                            && TIMED_OUT.contains(refused.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static String shown(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    private static String hide(String message, Database database) {
        String shown = message.replace(database.url(), "(the url of " + database.name() + ")");
        shown = URL.matcher(shown).replaceAll("(a url)");
        shown = SECRET.matcher(shown).replaceAll("$1$2(hidden)");
        String password = database.password();
        return password.length() >= LONG && NO_NAME.matcher(password).matches()
                ? shown.replace(password, "(hidden)")
                : shown;
    }
}
