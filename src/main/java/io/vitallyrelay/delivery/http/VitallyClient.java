package io.vitallyrelay.delivery.http;

import java.net.PasswordAuthentication;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * How requests reach Vitally. What an answer means is for the verdict to say, so the client's own retries (of 429 and 503,
 * among others) and redirects are off. The token is added where the request leaves, after a proxy has made its tunnel: it is
 * never part of an exchange, so no log or trace of Camel's can show it. The client's own log of headers could, at DEBUG:
 * application.properties keeps that at INFO, whatever level is set. Immutable.
 */
public final class VitallyClient {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};
    /** A connection is not used for longer, so that a changed address is found. */
    private static final TimeValue OLDEST = TimeValue.ofMinutes(5);
    /** After this much silence it is looked whether the other side has closed the connection. */
    private static final TimeValue SILENCE = TimeValue.ofSeconds(1);
    /** No answer that means anything has more; memory has to hold it. */
    private static final Http1Config HTTP = Http1Config.custom()
            // a usual batch leaves with its head in one write
            .setBufferSize(64 * 1024)
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    /**
     * @param lanes requests at once, at most
     * @param connectTimeout for opening a connection
     * @param responseTimeout without a byte of the answer, at most
     * @param totalTimeout for a request and its whole answer
     * @param tls makes https connections; the host's name is always verified
     * @param proxy its host and port; null: none
     * @param proxyLogin null: none
     */
    public record Options(
            int lanes,
            Duration connectTimeout,
            Duration responseTimeout,
            Duration totalTimeout,
            SSLContext tls,
            URI proxy,
            PasswordAuthentication proxyLogin) {}

    private final String authorization;
    private final Options options;

    /** @param token as it is sent after {@code Basic } */
    public VitallyClient(String token, Options options) {
        authorization = "Basic " + token;
        this.options = options;
    }

    public void configure(HttpClientBuilder client) {
        UnaskedBytes unasked = new UnaskedBytes(HTTP);
        client.disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                // a connection with a client certificate would be kept for requests that name its user, which none does
                .disableConnectionState()
                .setConnectionManager(connections(unasked))
                .setRequestExecutor(unasked.executor())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(options.responseTimeout()))
                        .build())
                .addRequestInterceptorLast(this::sign)
                .addExecInterceptorFirst("whole-answer", new WholeAnswer(options.totalTimeout()));
        if (options.proxy() != null) {
            goThroughProxy(client);
        }
    }

    private void sign(HttpRequest request, EntityDetails entity, HttpContext context) {
        request.setHeader("Authorization", authorization);
        WholeAnswer.requestLeaves(context);
    }

    private PoolingHttpClientConnectionManager connections(UnaskedBytes unasked) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(options.lanes())
                .setMaxConnPerRoute(options.lanes())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(options.connectTimeout()))
                        .setSocketTimeout(Timeout.of(options.responseTimeout()))
                        .setTimeToLive(OLDEST)
                        .setValidateAfterInactivity(SILENCE)
                        .build())
                .setConnectionFactory(unasked.connections())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        options.tls(),
                        TLS_VERSIONS,
                        null,
                        SSLBufferMode.STATIC,
                        HostnameVerificationPolicy.BUILTIN,
                        null))
                .build();
    }

    private void goThroughProxy(HttpClientBuilder client) {
        HttpHost proxy =
                new HttpHost("http", options.proxy().getHost(), options.proxy().getPort());
        client.setProxy(proxy);
        PasswordAuthentication login = options.proxyLogin();
        if (login != null) {
            BasicCredentialsProvider logins = new BasicCredentialsProvider();
            logins.setCredentials(
                    new AuthScope(proxy), new UsernamePasswordCredentials(login.getUserName(), login.getPassword()));
            client.setDefaultCredentialsProvider(logins);
        }
    }
}
