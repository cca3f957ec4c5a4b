package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.source.file.FinishedFile;
import org.apache.camel.Exchange;

/**
 * A file whose rows are all durable. What is left is to move it, and then to tell.
 *
 * @param tell says what became of it
 */
record DurableFile(FinishedFile finished, Runnable tell) {
    private static final String PROPERTY = "relay.through";

    void of(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /** Null where the route did not come to {@code records:close}. */
    static DurableFile in(Exchange exchange) {
        return (DurableFile) exchange.getProperty(PROPERTY);
    }
}
