package io.vitallyrelay.delivery.http;

import io.vitallyrelay.delivery.AnswerReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds an answer in time and in memory. It is read here, so that one clock runs from the connecting to the last byte: the
 * client's own time-outs begin anew with each byte. What is longer than {@link AnswerReader#READ} is cut there. A body that
 * breaks off still is an answer, whose status decides; its stream ends with the failure. Thread-safe.
 */
final class WholeAnswer implements ExecChainHandler {
    private static final Logger LOG = LoggerFactory.getLogger(WholeAnswer.class);
    private static final String LEFT = "relay.request-left";
    /** More than a usual answer has. */
    private static final int CHUNK = 1024;

    private final Duration total;
    private final ThreadLocal<Clock> clocks = ThreadLocal.withInitial(Clock::new);

    WholeAnswer(Duration total) {
        this.total = total;
    }

    /** The request goes to Vitally now, and what is answered from here on is Vitally's answer, not the proxy's. */
    static void requestLeaves(HttpContext context) {
        context.setAttribute(LEFT, true);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Clock clock = clocks.get();
        clock.begin((Cancellable) scope.originalRequest);
        try {
            ClassicHttpResponse response = proceed(request, scope, chain);
            if (scope.clientContext.getAttribute(LEFT) == null) {
                throw new IOException("the proxy " + scope.route.getProxyHost().toHostString()
                        + " makes no tunnel and answers " + response.getCode());
            }
            if (response.getEntity() != null) {
                response.setEntity(read(response.getEntity()));
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            if (clock.isLate()) {
                SocketTimeoutException late = new SocketTimeoutException(
                        "no whole answer within " + total + ", which is vitally.total-timeout");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            clock.end();
            // a connection whose answer was not read to its end cannot be used again; any other one is back in the pool
            scope.execRuntime.discardEndpoint();
        }
    }

    /** Connections with unasked bytes are closed one after the other, until one is clean. */
    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpRequest next = request;
        while (true) {
            try {
                return chain.proceed(next, scope);
            } catch (UnaskedBytes.Found e) {
                LOG.warn("a connection to Vitally is closed unused: {}", e.getMessage());
                // without the headers that were added on the way
                next = ClassicRequestBuilder.copy(scope.originalRequest).build();
            }
        }
    }

    /**
     * Times the requests of one thread, one after the other. What is scheduled for one of them serves those behind it too: to
     * schedule and cancel for each would cost more than all else here.
     */
    private final class Clock implements Runnable {
        private Cancellable request;
        private long deadline;
        private boolean late;
        private boolean scheduled;

        synchronized void begin(Cancellable begun) {
            request = begun;
            deadline = System.nanoTime() + total.toNanos();
            late = false;
            if (!scheduled) {
                schedule(total.toNanos());
            }
        }

        synchronized boolean isLate() {
            return late;
        }

        synchronized void end() {
            request = null;
        }

        @Override
        public synchronized void run() {
            scheduled = false;
            long left = deadline - System.nanoTime();
            if (request != null && left > 0) {
                schedule(left);
            } else if (request != null) {
                late = true;
                request.cancel();
            }
        }

        private void schedule(long nanos) {
            scheduled = true;
            CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(this);
        }
    }

    private static HttpEntity read(HttpEntity entity) {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        IOException failure = null;
        try {
            InputStream content = entity.getContent();
            byte[] chunk = new byte[CHUNK];
            int length = 0;
            while (length >= 0 && read.size() < AnswerReader.READ) {
                read.write(chunk, 0, length);
                length = content.read(chunk, 0, Math.min(CHUNK, AnswerReader.READ - read.size()));
            }
            if (length < 0) {
                // a compressed body ends before the last bytes on the connection, which then could not be used again
                content.close();
            }
        } catch (IOException e) {
            failure = e;
        }
        HttpEntity whole = new ByteArrayEntity(read.toByteArray(), ContentType.parseLenient(entity.getContentType()));
        return failure == null ? whole : new BrokenOffEntity(whole, failure);
    }
}
