package io.vitallyrelay.source.table.camel;

import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.table.Database;
import io.vitallyrelay.source.table.FirstPoll;
import io.vitallyrelay.source.table.Table;
import io.vitallyrelay.source.table.TableSettings;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code table:<integration>?datasource=&query=&watermark=&mark=&key=&lookBack=&first=&pageSize=&delay=} polls a table: its
 * rows are the body, to be split. An integration that is not set up as it must be is not polled, and does not keep the service
 * from starting.
 */
public final class TableComponent extends DefaultComponent {
    private static final Logger LOG = LoggerFactory.getLogger(TableComponent.class);

    private final Map<String, Database> databases;
    private final Tables tables;
    private final Spool spool;
    private final int recordBytes;
    private final BooleanSupplier stopping;
    private final SourceStates states;
    private final InstantSource clock;

    /**
     * @param databases by their names
     * @param tables is told all that are polled
     * @param recordBytes characters of a row, at most
     * @param stopping whether polls are to be broken off, because the service stops
     * @param states is told which cannot be polled for now
     */
    public TableComponent(
            Map<String, Database> databases,
            Tables tables,
            Spool spool,
            int recordBytes,
            BooleanSupplier stopping,
            SourceStates states,
            InstantSource clock) {
        this.databases = databases;
        this.tables = tables;
        this.spool = spool;
        this.recordBytes = recordBytes;
        this.stopping = stopping;
        this.states = states;
        this.clock = clock;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        Given given = new Given(
                text(parameters, "datasource"),
                text(parameters, "query"),
                text(parameters, "watermark"),
                text(parameters, "mark"),
                text(parameters, "key"),
                text(parameters, "lookBack"),
                text(parameters, "first"),
                text(parameters, "pageSize"));
        return new TableEndpoint(uri, this, remaining, given);
    }

    private String text(Map<String, Object> parameters, String name) {
        return getAndRemoveParameter(parameters, name, String.class, "");
    }

    /** The parameters as they stand in the route. */
    private record Given(
            String datasource,
            String query,
            String watermark,
            String mark,
            String key,
            String lookBack,
            String first,
            String pageSize) {}

    /** Null where it cannot be polled, which is told. */
    private Table table(String integration, Given given) {
        Database database = databases.get(given.datasource);
        if (database == null) {
            String why = "relay.datasource." + given.datasource + ".url is not set";
            if (tables.addNotPolled(integration, why)) {
                LOG.warn("{} is not started: {}", integration, why);
            }
            return null;
        }
        try {
            Table table = new Table(integration, settings(given), database, spool, clock);
            tables.add(integration, table);
            return table;
        } catch (IllegalArgumentException e) {
            if (tables.addNotPolled(integration, e.getMessage())) {
                LOG.error("{} is not started: {}", integration, e.getMessage());
            }
            return null;
        }
    }

    private TableSettings settings(Given given) {
        return TableSettings.of(
                statement("query", given.query),
                given.watermark,
                given.mark.isEmpty() ? "" : statement("mark", given.mark),
                given.key,
                lookBack(given.lookBack),
                first(given.first),
                number("pageSize", given.pageSize),
                recordBytes);
    }

    /** Statements stand in files of their own: in a route each line break and percent sign would mean something else. */
    private static String statement(String parameter, String file) {
        if (file.isEmpty()) {
            throw new IllegalArgumentException(parameter + ": is missing, the file with the statement");
        }
        try {
            return Files.readString(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(parameter + "=" + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(parameter + "=" + file + ": cannot be read: " + e, e);
        }
    }

    private static Duration lookBack(String text) {
        try {
            return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lookBack=" + text + ": must be a duration such as 30s or 5m", e);
        }
    }

    private static FirstPoll first(String text) {
        return switch (text) {
            case "all" -> FirstPoll.ALL;
            case "now" -> FirstPoll.NOW;
            default -> throw new IllegalArgumentException("first=" + text + ": must be all or now");
        };
    }

    private static int number(String parameter, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(parameter + "=" + text + ": must be a number", e);
        }
    }

    private static final class TableEndpoint extends ScheduledPollEndpoint {
        private final TableComponent component;
        private final String integration;
        private final Given given;

        TableEndpoint(String uri, TableComponent component, String integration, Given given) {
            super(uri, component);
            this.component = component;
            this.integration = integration;
            this.given = given;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("table: can only stand in 'from'");
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Table table = component.table(integration, given);
            TableConsumer consumer =
                    new TableConsumer(this, processor, integration, table, component.stopping, component.states);
            configureConsumer(consumer);
            consumer.setStartScheduler(table != null);
            return consumer;
        }
    }
}
