package io.vitallyrelay.delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Finds bytes on a connection that no request has asked for, before one is sent on it: they would be taken for its answer, and
 * good messages for refused ones. Such a connection is closed. Thread-safe.
 */
final class UnaskedBytes {
    /** Only where bytes can be hidden in TLS is it waited for them. */
    private static final Timeout SHORTEST = Timeout.ofMilliseconds(1);

    private final Map<HttpClientConnection, Answers> answers = Collections.synchronizedMap(new WeakHashMap<>());
    private final Http1Config http;

    UnaskedBytes(Http1Config http) {
        this.http = http;
    }

    /** Nothing was sent; another connection can be tried. */
    static final class Found extends IOException {
        private static final long serialVersionUID = 1;

        Found() {
            super("bytes that nobody asked for came on a connection");
        }
    }

    /** Makes connections that can be looked into. */
    HttpConnectionFactory<ManagedHttpClientConnection> connections() {
        return socket -> {
            Answers read = new Answers(DefaultHttpResponseParserFactory.INSTANCE.create(http));
            ManagedHttpClientConnection connection = ManagedHttpClientConnectionFactory.builder()
                    .http1Config(http)
                    .responseParserFactory(config -> read)
                    .build()
                    .createConnection(socket);
            answers.put(connection, read);
            return connection;
        };
    }

    /** Sends requests on connections of {@link #connections}, and throws {@link Found} in place of that. */
    HttpRequestExecutor executor() {
        return new HttpRequestExecutor() {
            @Override
            public ClassicHttpResponse execute(
                    ClassicHttpRequest request,
                    HttpClientConnection connection,
                    HttpResponseInformationCallback callback,
                    HttpContext context)
                    throws IOException, HttpException {
                if (isAny(connection)) {
                    connection.close(CloseMode.IMMEDIATE);
                    throw new Found();
                }
                return super.execute(request, connection, callback, context);
            }
        };
    }

    private boolean isAny(HttpClientConnection connection) throws IOException {
        Answers read = answers.get(connection);
        if (read == null || read.buffer == null) {
            // new: what a TLS handshake leaves behind is no answer
            return false;
        }
        if (read.buffer.length() > 0) {
            return true;
        }
        Socket socket = ((ManagedHttpClientConnection) connection).getSocket();
        return socket instanceof SSLSocket
                ? connection.isDataAvailable(SHORTEST)
                : socket.getInputStream().available() > 0;
    }

    /** Remembers what the answers of a connection are read from. */
    private static final class Answers implements HttpMessageParser<ClassicHttpResponse> {
        private final HttpMessageParser<ClassicHttpResponse> parser;
        private SessionInputBuffer buffer;

        Answers(HttpMessageParser<ClassicHttpResponse> parser) {
            this.parser = parser;
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer from, InputStream stream)
                throws IOException, HttpException {
            buffer = from;
            return parser.parse(from, stream);
        }
    }
}
