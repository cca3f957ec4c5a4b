package io.vitallyrelay.app;

import io.vitallyrelay.settings.JmsProtocol;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.queue.camel.WatchedConnectionFactory;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;

/** Makes connections to the broker that the settings name. */
final class BrokerConnections {
    private BrokerConnections() {}

    /** Nothing is connected yet. Where no broker is named nothing ever is, as the routes that would are not started. */
    static ConnectionFactory to(Settings settings, BrokerState state) {
        return new WatchedConnectionFactory(factory(settings), settings.shown(SettingsTable.JMS_URL), state);
    }

    private static ConnectionFactory factory(Settings settings) {
        String url = settings.get(SettingsTable.JMS_URL);
        if (url == null) {
            return new ActiveMQConnectionFactory();
        }
        String user = settings.get(SettingsTable.JMS_USER);
        String password = settings.get(SettingsTable.JMS_PASSWORD);
        return settings.get(SettingsTable.JMS_PROTOCOL) == JmsProtocol.CORE
                ? new ActiveMQConnectionFactory(url, user, password)
                : new JmsConnectionFactory(user, password, withoutEndlessTries(url));
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
