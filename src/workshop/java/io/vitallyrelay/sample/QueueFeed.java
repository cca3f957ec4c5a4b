package io.vitallyrelay.sample;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueConnection;
import jakarta.jms.QueueRequestor;
import jakarta.jms.QueueSession;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * Sends each line of the sample as the text of a message to an Artemis broker, to the queue that the route of the
 * integration names as its {@code queue}.
 */
public final class QueueFeed implements Feed {
    private static final Pattern QUEUE = Pattern.compile("^\\s+queue:\\s*[\"']?([^\"'\\s]+)[\"']?\\s*$");

    /** What the position of a record is where its message is an array. */
    private static final Pattern ELEMENT = Pattern.compile("message (.*)(, element \\d+)");

    private final String url;

    /** @param url the broker's, for the core protocol */
    public QueueFeed(String url) {
        this.url = url;
    }

    @Override
    public Fed feed(Sample sample) throws IOException {
        String queue = queueOf(sample);
        Map<String, String> names = new HashMap<>();
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                Connection connection = factory.createConnection()) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue(queue));
            for (String line : Files.readAllLines(sample.file())) {
                Message message = session.createTextMessage(line);
                producer.send(message);
                names.put(message.getJMSMessageID(), "message " + (names.size() + 1));
            }
            session.commit();
        } catch (JMSException e) {
            throw new IOException("cannot send " + sample + " to " + queue + ": " + e.getMessage(), e);
        }
        return new Sent(queue, names);
    }

    private static String queueOf(Sample sample) throws IOException {
        Set<String> queues = new TreeSet<>();
        try (DirectoryStream<Path> routes =
                Files.newDirectoryStream(sample.file().getParent(), "*.camel.yaml")) {
            for (Path route : routes) {
                Files.readAllLines(route).stream()
                        .map(QUEUE::matcher)
                        .filter(Matcher::matches)
                        .forEach(matcher -> queues.add(matcher.group(1)));
            }
        }
        if (queues.size() != 1) {
            throw new IOException(sample + " is for the one queue that a route beside it reads; they read  " + queues);
        }
        return queues.iterator().next();
    }

    private final class Sent implements Fed {
        private final String queue;
        private final Map<String, String> names;

        Sent(String queue, Map<String, String> names) {
            this.queue = queue;
            this.names = names;
        }

        /** Messages count until they are committed: until then they may come again. */
        @Override
        public boolean isTaken() throws IOException {
            try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
                    QueueConnection connection = factory.createQueueConnection()) {
                connection.start();
                QueueSession session = connection.createQueueSession(false, Session.AUTO_ACKNOWLEDGE);
                Queue management = ActiveMQJMSClient.createQueue("activemq.management");
                Message question = session.createMessage();
                JMSManagementHelper.putAttribute(question, ResourceNames.QUEUE + queue, "messageCount");
                Message answer = new QueueRequestor(session, management).request(question);
                Object count = JMSManagementHelper.getResult(answer);
                return count instanceof Number number && number.longValue() == 0;
            } catch (Exception e) {
                throw new IOException("cannot ask the broker for the messages of " + queue, e);
            }
        }

        @Override
        public String nameOf(String position) {
            Matcher element = ELEMENT.matcher(position);
            return element.matches() && names.containsKey(element.group(1))
                    ? names.get(element.group(1)) + element.group(2)
                    : names.getOrDefault(position, position);
        }
    }
}
