package io.vitallyrelay.source.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in one line why a file stays in its inbox: it is read again, from behind its last durable row. */
public final class FileStays implements ExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FileStays.class);

    @Override
    public void handleException(Throwable failure) {
        handleException("cannot read the inbox", failure);
    }

    @Override
    public void handleException(String message, Throwable failure) {
        handleException(message, null, failure);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable failure) {
        Object file = exchange == null ? null : Hand.of(exchange);
        if (failure instanceof BrokenOffException) {
            LOG.info("{} stays in the inbox: {}", file, failure.getMessage());
        } else {
            LOG.warn("{} stays in the inbox and is read again: {}", file == null ? message : file, failure.toString());
            LOG.debug("{}", message, failure);
        }
    }
}
