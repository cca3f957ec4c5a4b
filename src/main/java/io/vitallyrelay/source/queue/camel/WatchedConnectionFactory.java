package io.vitallyrelay.source.queue.camel;

import io.vitallyrelay.source.queue.BrokerState;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections as the factory behind it does, and says once when that does not work, and once when it works again. */
public final class WatchedConnectionFactory implements ConnectionFactory {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedConnectionFactory.class);

    private final ConnectionFactory factory;
    private final String url;
    private final BrokerState state;

    /** @param url what the broker is called in the log */
    public WatchedConnectionFactory(ConnectionFactory factory, String url, BrokerState state) {
        this.factory = factory;
        this.url = url;
        this.state = state;
    }

    @Override
    public Connection createConnection() throws JMSException {
        try {
            Connection connection = factory.createConnection();
            connection.setExceptionListener(this::failed);
            if (state.connected()) {
                LOG.info("Connected to the JMS broker {}", url);
            }
            return connection;
        } catch (JMSException e) {
            failed(e);
            throw e;
        }
    }

    private void failed(JMSException why) {
        if (state.failed(why.getMessage())) {
            LOG.warn("No connection to the JMS broker {}: {}; tried again until there is one", url, why.getMessage());
        }
    }

    @Override
    public Connection createConnection(String user, String password) {
        throw new UnsupportedOperationException("the factory behind it knows user and password");
    }

    @Override
    public JMSContext createContext() {
        throw new UnsupportedOperationException("Camel opens connections");
    }

    @Override
    public JMSContext createContext(String user, String password) {
        return createContext();
    }

    @Override
    public JMSContext createContext(String user, String password, int sessionMode) {
        return createContext();
    }

    @Override
    public JMSContext createContext(int sessionMode) {
        return createContext();
    }
}
