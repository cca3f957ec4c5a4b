package io.vitallyrelay.bench;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Fills a queue, or empties it as a bare consumer does: in transactions of 100, and with nothing done but counting. */
public final class Queues {
    private static final int AT_ONCE = 100;
    private static final long PATIENCE_MILLIS = 10_000;

    private Queues() {}

    /** Arguments: {@code fill URL QUEUE FILE}, or {@code count URL QUEUE MESSAGES}, which prints messages and milliseconds. */
    public static void main(String[] args) throws JMSException, IOException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(args[1]);
                Connection connection = factory.createConnection()) {
            connection.start();
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            Queue queue = session.createQueue(args[2]);
            if (args[0].equals("fill")) {
                fill(session, queue, Path.of(args[3]));
            } else {
                count(session, queue, Integer.parseInt(args[3]));
            }
        }
    }

    private static void fill(Session session, Queue queue, Path file) throws JMSException, IOException {
        MessageProducer producer = session.createProducer(queue);
        int sent = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                producer.send(session.createTextMessage(line));
                if (++sent % (10 * AT_ONCE) == 0) {
                    session.commit();
                }
            }
        }
        session.commit();
    }

    private static void count(Session session, Queue queue, int messages) throws JMSException {
        MessageConsumer consumer = session.createConsumer(queue);
        long characters = 0;
        int counted = 0;
        long begin = System.nanoTime();
        while (counted < messages && consumer.receive(PATIENCE_MILLIS) instanceof TextMessage message) {
            characters += message.getText().length();
            if (++counted % AT_ONCE == 0) {
                session.commit();
            }
        }
        session.commit();
        System.out.println(counted + " " + (System.nanoTime() - begin) / 1_000_000 + " " + characters);
    }
}
