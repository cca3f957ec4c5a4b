package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.source.file.MovedFiles;
import java.io.File;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.PollingConsumerPollStrategy;

/**
 * What camel-file asks when it reads an inbox: the route says {@code pollStrategy=#inbox} and {@code processStrategy=#inbox}.
 * Which file may be read, where it goes and what is said of it is decided by an {@link InboxPoll} for each endpoint. It takes
 * the names of the files from {@code include}, and how long a file has to be as it is from {@code readLockMinAge}.
 */
public final class InboxHooks implements PollingConsumerPollStrategy, GenericFileProcessStrategy<File> {
    private final Inboxes inboxes;
    private final SourceStates states;
    private final BooleanSupplier stopping;
    private final MovedFiles moved;
    private final Map<Endpoint, InboxPoll> polls = new ConcurrentHashMap<>();

    /**
     * @param stopping whether no further file is to be read, because the service stops
     * @param ticker nanoseconds, as {@link System#nanoTime}
     */
    public InboxHooks(Inboxes inboxes, SourceStates states, BooleanSupplier stopping, LongSupplier ticker) {
        this.inboxes = inboxes;
        this.states = states;
        this.stopping = stopping;
        moved = new MovedFiles(ticker);
    }

    @Override
    public boolean begin(Consumer consumer, Endpoint endpoint) {
        if (stopping.getAsBoolean()) {
            return false;
        }
        FileConsumer reader = (FileConsumer) consumer;
        InboxPoll poll =
                polls.compute(endpoint, (key, before) -> before == null || before.isOver() ? open(reader) : before);
        return poll.isOf(reader) && poll.begin();
    }

    private InboxPoll open(FileConsumer consumer) {
        if (consumer.getEndpoint().getProcessStrategy() != this) {
            throw new IllegalArgumentException(
                    consumer.getEndpoint().getEndpointBaseUri() + ": pollStrategy=#inbox needs processStrategy=#inbox");
        }
        return InboxPoll.open(consumer, inboxes, moved, states, stopping);
    }

    @Override
    public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
        // each file was told of by itself
    }

    @Override
    public boolean rollback(Consumer consumer, Endpoint endpoint, int retryCounter, Exception cause) {
        // the exception handler tells of it
        return false;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        if (!polls.containsKey(endpoint)) {
            throw new IllegalStateException(
                    endpoint.getEndpointBaseUri() + ": processStrategy=#inbox needs pollStrategy=#inbox");
        }
    }

    @Override
    public boolean begin(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        return polls.get(endpoint).begin(exchange, file);
    }

    @Override
    public void abort(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        // it was not begun
    }

    @Override
    public void commit(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        polls.get(endpoint).commit(exchange);
    }

    @Override
    public void rollback(
            GenericFileOperations<File> operations,
            GenericFileEndpoint<File> endpoint,
            Exchange exchange,
            GenericFile<File> file) {
        polls.get(endpoint).rollback(exchange.getException());
    }
}
