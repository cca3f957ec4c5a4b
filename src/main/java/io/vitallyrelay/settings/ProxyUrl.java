package io.vitallyrelay.settings;

import java.net.URI;
import java.net.URISyntaxException;

/** Where an HTTP proxy is. */
record ProxyUrl() implements Kind<URI> {
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
            throw new NotAllowedException(
                    this, "who logs in belongs into vitally.proxy.user and vitally.proxy.password");
        }
        boolean nothingElse =
                (url.getRawPath() + "/").matches("/{1,2}") && url.getRawQuery() == null && url.getRawFragment() == null;
        if (!"http".equalsIgnoreCase(url.getScheme())
                || url.getHost() == null
                || url.getPort() < 1
                || url.getPort() > 65_535
                || !nothingElse) {
            throw new NotAllowedException(this);
        }
        return url;
    }

    @Override
    public String allowed() {
        return "http://host:port";
    }

    @Override
    public String shown(String text) {
        int userEnd = text.lastIndexOf('@');
        return userEnd < 0 ? text : Token.HIDDEN + text.substring(userEnd);
    }
}
