package io.vitallyrelay.delivery.camel;

import io.vitallyrelay.delivery.http.VitallyClient;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** What a test says about the HTTP client; it waits patiently for all it says nothing about. */
final class ClientOptions {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);

    private Duration connectTimeout = PATIENTLY;
    private Duration responseTimeout = PATIENTLY;
    private Duration totalTimeout = PATIENTLY;
    private SSLContext tls;
    private URI proxy;
    private PasswordAuthentication proxyLogin;

    ClientOptions connectingFor(Duration most) {
        connectTimeout = most;
        return this;
    }

    ClientOptions answeredWithin(Duration most) {
        responseTimeout = most;
        return this;
    }

    ClientOptions waitingInAll(Duration most) {
        totalTimeout = most;
        return this;
    }

    ClientOptions with(SSLContext context) {
        tls = context;
        return this;
    }

    ClientOptions through(URI proxyUrl) {
        proxy = proxyUrl;
        return this;
    }

    ClientOptions loggingInAs(String user, String password) {
        proxyLogin = new PasswordAuthentication(user, password.toCharArray());
        return this;
    }

    VitallyClient client() {
        try {
            return new VitallyClient(
                    DeliveryRoute.TOKEN,
                    new VitallyClient.Options(
                            4,
                            connectTimeout,
                            responseTimeout,
                            totalTimeout,
                            tls == null ? SSLContext.getDefault() : tls,
                            proxy,
                            proxyLogin));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
