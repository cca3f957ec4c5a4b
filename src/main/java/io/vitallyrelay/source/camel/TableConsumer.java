package io.vitallyrelay.source.camel;

import io.vitallyrelay.source.table.Table;
import io.vitallyrelay.source.table.TableReading;
import java.util.function.BooleanSupplier;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts each poll of a table through the route, in a thread of its own, and says when polls begin to fail and to go well. */
final class TableConsumer extends ScheduledPollConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TableConsumer.class);

    private final String integration;
    private final Table table;
    private final BooleanSupplier stopping;
    private boolean failing;

    /** @param table null where it cannot be polled */
    TableConsumer(
            ScheduledPollEndpoint endpoint,
            Processor processor,
            String integration,
            Table table,
            BooleanSupplier stopping) {
        super(endpoint, processor);
        this.integration = integration;
        this.table = table;
        this.stopping = stopping;
    }

    @Override
    protected int poll() {
        switch (table.poll(this::take, stopping)) {
            case NONE, FAILED_AGAIN -> {}
            case GOOD -> {
                if (failing) {
                    LOG.info("{} is polled again", integration);
                }
                failing = false;
            }
            case FAILED -> {
                if (!stopping.getAsBoolean()) {
                    LOG.warn(
                            "{} cannot be polled, and is tried again from where it stands: {}",
                            integration,
                            table.status().failure());
                }
                failing = true;
            }
        }
        return 0;
    }

    private void take(TableReading rows) throws Exception {
        Exchange exchange = createExchange(true);
        exchange.setProperty(Hand.PROPERTY, rows);
        exchange.getMessage().setBody(rows);
        getProcessor().process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (table != null) {
            table.close();
        }
    }
}
