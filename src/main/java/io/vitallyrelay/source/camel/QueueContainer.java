package io.vitallyrelay.source.camel;

import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import org.apache.camel.component.jms.ConsumerType;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.jms.JmsEndpoint;
import org.springframework.util.backoff.ExponentialBackOff;

/** Camel's listeners of a queue, as this service needs them: in transactions, and connecting again at growing distances. */
public final class QueueContainer extends DefaultJmsMessageListenerContainer {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private QueueContainer(JmsEndpoint endpoint) {
        super(endpoint);
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST.toMillis(), 2);
        backOff.setMaxInterval(LONGEST.toMillis());
        setBackOff(backOff);
    }

    /** The component {@code jms:} with such listeners. */
    public static JmsComponent component(ConnectionFactory connections) {
        JmsConfiguration configuration = new JmsConfiguration(connections);
        configuration.setConsumerType(ConsumerType.Custom);
        configuration.setMessageListenerContainerFactory(QueueContainer::new);
        configuration.setRecoveryInterval(-1); // leave the back-off alone
        // without a transaction Spring would acknowledge before the route begins
        configuration.setTransacted(true);
        configuration.setLazyCreateTransactionManager(false);
        configuration.setCacheLevelName("CACHE_CONSUMER");
        // a message that names an address for answers is a record like any other
        configuration.setDisableReplyTo(true);
        configuration.setMapJmsMessage(false);
        return new JmsComponent(configuration);
    }
}
