package io.vitallyrelay;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.ArrayList;
import java.util.List;

/** A program that sends to a queue. */
public final class QueueClient implements AutoCloseable {
    private final Connection connection;
    private final Session session;
    private final MessageProducer producer;

    /** Makes a message in a session. */
    @FunctionalInterface
    public interface Making {
        Message in(Session session) throws JMSException;
    }

    public QueueClient(ConnectionFactory connections, String queue) throws JMSException {
        connection = connections.createConnection();
        session = connection.createSession(true, Session.SESSION_TRANSACTED);
        producer = session.createProducer(session.createQueue(queue));
    }

    public QueueClient withoutIds() throws JMSException {
        producer.setDisableMessageID(true);
        return this;
    }

    /** @return their JMS message ids */
    public List<String> text(Iterable<String> texts) throws JMSException {
        List<String> ids = new ArrayList<>();
        for (String text : texts) {
            Message message = session.createTextMessage(text);
            producer.send(message);
            ids.add(message.getJMSMessageID());
        }
        session.commit();
        return ids;
    }

    public List<String> text(String... texts) throws JMSException {
        return text(List.of(texts));
    }

    /** @return its JMS message id */
    public String send(Making making) throws JMSException {
        Message message = making.in(session);
        producer.send(message);
        session.commit();
        return message.getJMSMessageID();
    }

    @Override
    public void close() throws JMSException {
        connection.close();
    }
}
