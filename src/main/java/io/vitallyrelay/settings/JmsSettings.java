package io.vitallyrelay.settings;

/**
 * How the JMS broker is reached. Immutable.
 *
 * @param url where it is; {@code null} where there is none
 * @param protocol what it speaks
 * @param user {@code null} where it asks for none
 * @param password {@code null} where it asks for none; never shown
 */
public record JmsSettings(String url, JmsProtocol protocol, String user, String password) {

    /** The URL without what may be secret in it. */
    public String shownUrl() {
        return BrokerUrl.withoutSecrets(url);
    }

    /** All but the password and what may be secret in the URL. */
    @Override
    public String toString() {
        return url == null ? "none" : shownUrl() + ", protocol=" + protocol + ", user=" + user;
    }
}
