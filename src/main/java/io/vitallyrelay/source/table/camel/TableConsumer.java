package io.vitallyrelay.source.table.camel;

import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.camel.ExchangeRecord;
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
    private final SourceStates states;

    /** @param table null where it cannot be polled */
    TableConsumer(
            ScheduledPollEndpoint endpoint,
            Processor processor,
            String integration,
            Table table,
            BooleanSupplier stopping,
            SourceStates states) {
        super(endpoint, processor);
        this.integration = integration;
        this.table = table;
        this.stopping = stopping;
        this.states = states;
    }

    @Override
    protected int poll() {
        Table.Poll poll = table.poll(this::take, stopping);
        table.news().forEach(news -> LOG.warn("{}: {}", integration, news));
        switch (poll) {
            case NONE, FAILED_AGAIN -> {}
            case GOOD -> {
                if (states.well(integration, table.source())) {
                    LOG.info("{} is polled again", integration);
                }
            }
            case FAILED -> {
                String failure = table.status().failure();
                if (!stopping.getAsBoolean() && states.failing(integration, table.source(), failure)) {
                    LOG.warn("{} cannot be polled, and is tried again from where it stands: {}", integration, failure);
                }
            }
        }
        return 0;
    }

    private void take(TableReading rows) throws Exception {
        Exchange exchange = createExchange(true);
        exchange.setProperty(ExchangeRecord.PROPERTY, rows);
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
