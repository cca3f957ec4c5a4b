package io.vitallyrelay.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
 * {@code quarkus.http.idle-timeout}; what changes something is to pass the {@link RequestGuard}.
 */
@Singleton
public class HttpGuard implements HttpServerOptionsCustomizer {
    private static final int FIRST = 10_000;

    private final RequestGuard guard;

    HttpGuard(RequestGuard guard) {
        this.guard = guard;
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

    void register(@Observes Filters filters) {
        filters.register(this::check, FIRST);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String refusal = guard.refusal(
                request.method().name(),
                request.headers().getAll("Host"),
                request.headers().getAll("Origin"),
                address(request.localAddress()));
        if (refusal == null) {
            context.next();
        } else {
            context.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Connection", "close")
                    .end(JsonNodeFactory.instance
                            .objectNode()
                            .put("error", refusal)
                            .toString());
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
