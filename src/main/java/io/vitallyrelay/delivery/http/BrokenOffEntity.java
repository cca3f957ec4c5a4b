package io.vitallyrelay.delivery.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/** The part of a body that came, and the failure where the rest should be. */
final class BrokenOffEntity extends HttpEntityWrapper {
    private final IOException failure;

    BrokenOffEntity(HttpEntity part, IOException failure) {
        super(part);
        this.failure = failure;
    }

    @Override
    public InputStream getContent() throws IOException {
        return new SequenceInputStream(super.getContent(), new Fails());
    }

    private final class Fails extends InputStream {
        @Override
        public int read() throws IOException {
            throw failure;
        }
    }
}
