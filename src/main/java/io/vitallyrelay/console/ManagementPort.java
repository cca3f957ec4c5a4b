package io.vitallyrelay.console;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A second port, for monitoring alone: health and metrics, without login and by any name, and nothing else. Plain HTTP. Thread-safe.
 */
public final class ManagementPort {
    /** As they are sent, so that nothing in them can mean another path. */
    private static final Pattern PATHS = Pattern.compile("/q/(health(/[a-z]+)*|metrics)");

    private static final Pattern METRICS = Pattern.compile("/q/metrics(/.*)?");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");
    private static final int MOST_CONNECTIONS = 20;
    private static final int IDLE_SECONDS = 30;

    private final String host;
    private final int port;
    private final AtomicInteger connections = new AtomicInteger();

    /** @param port 0 where there is none */
    public ManagementPort(String host, int port) {
        this.host = host;
        this.port = port;
    }

    public boolean isThere() {
        return port != 0;
    }

    /**
     * Listens.
     *
     * @param service what answers the requests
     * @throws IllegalStateException where the port is in use, or is not one of this machine
     */
    public void open(Vertx vertx, Handler<HttpServerRequest> service) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setIdleTimeout(IDLE_SECONDS)
                .setWriteIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHttp2ClearTextEnabled(false);
        try {
            vertx.createHttpServer(options)
                    .connectionHandler(this::count)
                    .requestHandler(request -> answer(request, service))
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("relay.http.management-port=" + port + " on " + host + ": "
                    + (e.getCause() instanceof BindException ? "is in use, or not of this machine" : e.getCause())
                    + ". Give it a free port");
        }
    }

    private void count(HttpConnection connection) {
        connection.closeHandler(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() > MOST_CONNECTIONS) {
            connection.close();
        }
    }

    private static void answer(HttpServerRequest request, Handler<HttpServerRequest> service) {
        if (METHODS.contains(request.method().name())
                && PATHS.matcher(request.path()).matches()) {
            service.handle(request);
        } else {
            ErrorAnswer.send(request.response(), 404, "this port has /q/health and /q/metrics alone");
        }
    }

    /** Whether the request came by it: also by its path, as another port may have its number at another address. */
    boolean isFor(RoutingContext request) {
        return isThere()
                && request.request().localAddress().port() == port
                && PATHS.matcher(request.normalizedPath()).matches();
    }

    /** Whether the request asks elsewhere for what is at this port alone. */
    boolean hides(RoutingContext request) {
        return isThere() && METRICS.matcher(request.normalizedPath()).matches() && !isFor(request);
    }
}
