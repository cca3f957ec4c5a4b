package io.vitallyrelay.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URL that batches are posted to. */
record HttpUrl() implements Kind<URI> {
    private static final Pattern SCHEME = Pattern.compile("https?://", Pattern.CASE_INSENSITIVE);

    /** An address without a scheme, or with a wrong one. No token looks like it: a dot in it, and then a slash. */
    private static final Pattern BEGINS_WITH_HOST =
            Pattern.compile("([A-Za-z]{2,10}://)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+(:[0-9]+)?/");

    @Override
    public URI parse(String text) throws NotAllowedException {
        URI url;
        try {
            url = new URI(text.strip());
        } catch (URISyntaxException e) {
            // its message repeats the text, so it is not the cause
            throw new NotAllowedException(this);
        }
        if (url.getRawUserInfo() != null) {
            throw new NotAllowedException(this, "what identifies the workspace belongs into vitally.token");
        }
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        boolean port = url.getPort() == -1 || (url.getPort() > 0 && url.getPort() <= 65_535);
        if (!http || url.getHost() == null || !port || url.getRawFragment() != null) {
            throw new NotAllowedException(this);
        }
        return url;
    }

    @Override
    public String allowed() {
        return "an absolute http or https URL with a host, without user info and fragment";
    }

    @Override
    public String shown(String text) {
        return withoutSecrets(text);
    }

    /** Also for text which is no URL: a token that was given in the URL's place must not show. */
    static String withoutSecrets(String text) {
        int start = lengthOfScheme(text);
        if (start == 0 && !BEGINS_WITH_HOST.matcher(text).lookingAt()) {
            return Token.HIDDEN;
        }
        // the last @, and before the query: a password may itself hold @, ? and #
        int userEnd = text.lastIndexOf('@');
        String address = userEnd < start ? text.substring(start) : Token.HIDDEN + text.substring(userEnd);
        String shown = text.substring(0, start) + address;
        int query = indexOfQueryOrFragment(shown);
        return query < 0 ? shown : shown.substring(0, query + 1) + Token.HIDDEN;
    }

    private static int lengthOfScheme(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.lookingAt() ? scheme.end() : 0;
    }

    private static int indexOfQueryOrFragment(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '?' || text.charAt(i) == '#') {
                return i;
            }
        }
        return -1;
    }

    /** Whether what is sent there can be read on the way. */
    static boolean isReadableOnTheWay(URI url) {
        String host = url.getHost();
        boolean thisMachine = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return url.getScheme().equalsIgnoreCase("http") && !thisMachine;
    }
}
