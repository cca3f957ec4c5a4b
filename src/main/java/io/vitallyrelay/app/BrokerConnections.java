package io.vitallyrelay.app;

import io.vitallyrelay.settings.JmsProtocol;
import io.vitallyrelay.settings.JmsSettings;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.queue.camel.WatchedConnectionFactory;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Makes connections to the broker that the settings name. */
final class BrokerConnections {
    private BrokerConnections() {}

    /** Nothing is connected yet. Where no broker is named nothing ever is, as the routes that would are not started. */
    static ConnectionFactory to(JmsSettings broker, BrokerState state) {
        String shown = broker.url() == null ? "none" : broker.shownUrl();
        return new WatchedConnectionFactory(factory(broker), shown, state);
    }

    private static ConnectionFactory factory(JmsSettings broker) {
        if (broker.url() == null) {
            return new ActiveMQConnectionFactory();
        }
        return broker.protocol() == JmsProtocol.CORE
                ? new ActiveMQConnectionFactory(broker.url(), broker.user(), broker.password())
                : new JmsConnectionFactory(broker.user(), broker.password(), withoutEndlessTries(broker.url()));
    }

    /** Whoever tries to connect without end does not tell that there is no connection. The listeners of a queue try again. */
    private static String withoutEndlessTries(String url) {
        if (!url.startsWith("failover:") || url.contains("axReconnectAttempts")) {
            return url;
        }
        return url + (url.contains(")?") ? "&" : "?")
                + "failover.startupMaxReconnectAttempts=1&failover.maxReconnectAttempts=1";
    }
}
