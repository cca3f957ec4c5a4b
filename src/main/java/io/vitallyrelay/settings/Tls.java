package io.vitallyrelay.settings;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * How https connections are made.
 *
 * @param trustStore whose certificates are trusted, and no others; {@code null} for those that the JDK trusts
 * @param keyStore holds the key and the certificates that we show; {@code null} for none
 * @param context made of both
 */
public record Tls(Path trustStore, Path keyStore, SSLContext context) {
    @Override
    public String toString() {
        return "Tls[trustStore=" + (trustStore == null ? "of the JDK" : trustStore) + ", keyStore="
                + (keyStore == null ? "none" : keyStore) + "]";
    }
}
