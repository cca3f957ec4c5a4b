package io.vitallyrelay.console;

import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a request is meant for this service, and sent by its own page or by no page at all. A page of somebody else must neither
 * hold lanes nor read records by way of an operator's browser: neither by a form or a script, whose {@code Origin} tells it, nor
 * under a name of its own that it lets point to this machine, which stands in {@code Host}. Immutable.
 */
public final class RequestGuard {
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:\\[\\]/@?#\\s]+)(?::(\\d{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final int SHOWN = 200;

    private final Set<String> bound = new HashSet<>();
    private final Set<String> known = new HashSet<>();

    /**
     * @param bound the host that is listened at
     * @param known further names of this service, such as the one of a proxy before it
     */
    public RequestGuard(String bound, Collection<String> known) {
        this.bound.add(name(bound));
        known.forEach(host -> this.known.add(name(host)));
    }

    private record Authority(String host, String port) {
        /** Null where it is none. */
        static Authority of(String text, String defaultPort) {
            Matcher parts = AUTHORITY.matcher(text);
            return parts.matches()
                    ? new Authority(name(parts.group(1)), parts.group(2) == null ? defaultPort : parts.group(2))
                    : null;
        }
    }

    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /**
     * @param defaultPort the one that a {@code Host} without a port means, 80, or 443 for https
     * @param hosts the values of {@code Host}
     * @param origins the values of {@code Origin}; none where no browser sent it
     * @param reached the address of this machine that the request came to
     * @return why it is refused, null where it is not
     */
    public String refusal(
            String method, String defaultPort, List<String> hosts, List<String> origins, InetAddress reached) {
        Authority host = hosts.size() == 1 ? Authority.of(hosts.get(0), defaultPort) : null;
        if (host == null || !isOurs(host.host, reached)) {
            return refused(method, "Host", hosts);
        }
        boolean isOwnPage = origins.isEmpty() || (origins.size() == 1 && isOurs(origins.get(0), host, reached));
        return isOwnPage ? null : refused(method, "Origin", origins);
    }

    private boolean isOurs(String host, InetAddress reached) {
        return LOOPBACK.matcher(host).matches()
                || bound.contains(host)
                || known.contains(host)
                || (reached != null && host.equals(literal(reached)));
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return text.contains(":") ? "[" + (zone < 0 ? text : text.substring(0, zone)) + "]" : text;
    }

    /** Another port of this machine is another service, whose pages have nothing to say here. */
    private boolean isOurs(String origin, Authority host, InetAddress reached) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            return false;
        }
        Authority from = Authority.of(parts.group(2), parts.group(1).equalsIgnoreCase("https") ? "443" : "80");
        return from != null
                && (known.contains(from.host) || (isOurs(from.host, reached) && from.port.equals(host.port)));
    }

    private static String refused(String method, String header, List<String> values) {
        String shown = String.join(", ", values);
        return method + " is taken from this service's own pages and from programs only, under this machine's name: "
                + (values.isEmpty()
                        ? header + " is missing"
                        : header + " is " + (shown.length() > SHOWN ? shown.substring(0, SHOWN) + "..." : shown))
                + ". A name of this service that is to be taken stands in relay.http.hosts";
    }
}
