package io.vitallyrelay.app;

import io.vitallyrelay.settings.JmsProtocol;
import io.vitallyrelay.settings.JmsSettings;
import io.vitallyrelay.source.BrokerState;
import io.vitallyrelay.source.camel.WatchedConnectionFactory;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Makes connections to the broker that the settings name. */
final class BrokerConnections {
    private BrokerConnections() {}

    /** Nothing is connected yet. */
    static ConnectionFactory to(JmsSettings broker, BrokerState state) {
        ConnectionFactory factory = broker.protocol() == JmsProtocol.CORE
                ? new ActiveMQConnectionFactory(broker.url(), broker.user(), broker.password())
                : new JmsConnectionFactory(broker.user(), broker.password(), broker.url());
        return new WatchedConnectionFactory(factory, broker.shownUrl(), state);
    }
}
