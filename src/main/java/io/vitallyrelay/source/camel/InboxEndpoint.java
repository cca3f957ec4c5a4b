package io.vitallyrelay.source.camel;

import io.vitallyrelay.source.Inbox;
import io.vitallyrelay.source.Inboxes;
import io.vitallyrelay.source.MovedFiles;
import io.vitallyrelay.source.SourceStates;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.ScheduledPollEndpoint;

/** The inbox of an integration: the body is the {@link java.nio.file.Path} of a file whose name matches. */
final class InboxEndpoint extends ScheduledPollEndpoint {
    private final Reads reads;

    /**
     * @param include the names of the files
     * @param settled how long a file has to be as it is
     * @param stopping whether no further file is to be read
     */
    record Reads(
            String integration,
            Pattern include,
            Duration settled,
            Inboxes inboxes,
            MovedFiles moved,
            SourceStates states,
            BooleanSupplier stopping) {
        Inbox open() {
            return inboxes.open(integration, include, settled);
        }

        void notRead(Inbox inbox) {
            inboxes.notRead(integration, include, inbox.notRead());
        }
    }

    InboxEndpoint(String uri, Component component, Reads reads) {
        super(uri, component);
        this.reads = reads;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("records:inbox can only stand in 'from'");
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        InboxConsumer consumer = new InboxConsumer(this, processor, reads);
        configureConsumer(consumer);
        return consumer;
    }
}
