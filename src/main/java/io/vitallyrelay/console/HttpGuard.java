package io.vitallyrelay.console;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * What every request has to go past: a connection is to bring a whole request, and to be read from, within
 * {@code quarkus.http.idle-timeout}; all but what probes ask, who come by any name, is to pass the {@link RequestGuard}.
 */
@Singleton
public class HttpGuard implements HttpServerOptionsCustomizer {
    private static final int FIRST = 10_000;
    private static final String HEALTH = "/q/health";

    private final RequestGuard guard;
    private final ManagementPort management;

    HttpGuard(RequestGuard guard, ManagementPort management) {
        this.guard = guard;
        this.management = management;
    }

    /**
     * The idle time-out alone begins anew with each byte, so that half a head could go on for ever. Nothing is written before the
     * head is whole: the time without a write is the time it may take.
     */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setWriteIdleTimeout(options.getIdleTimeout());
        // else a connection that sends nothing is counted by nobody, while the server waits to hear which protocol it
        // speaks
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
        // HTTP/1.1 alone here too: HTTP/2 names the host in another way
        options.setUseAlpn(false);
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = context.normalizedPath();
        AnswerHeaders.addTo(context.response().headers(), path);
        if (management.hides(context)) {
            ErrorAnswer.send(context.response(), 404, "metrics are at relay.http.management-port");
            return;
        }
        String refusal = path.equals(HEALTH) || path.startsWith(HEALTH + "/") || management.isFor(context)
                ? null
                : guard.refusal(
                        request.method().name(),
                        "https".equals(request.scheme()) ? "443" : "80",
                        request.headers().getAll("Host"),
                        request.headers().getAll("Origin"),
                        address(request.localAddress()));
        if (refusal == null) {
            context.next();
        } else {
            ErrorAnswer.send(context.response(), 403, refusal);
        }
    }

    private static InetAddress address(SocketAddress local) {
        try {
            return local == null || local.hostAddress() == null ? null : InetAddress.getByName(local.hostAddress());
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
