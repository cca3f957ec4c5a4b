package io.vitallyrelay;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Delivery;
import org.apache.qpid.proton.engine.EndpointState;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.engine.Session;
import org.apache.qpid.proton.engine.Transport;
import org.apache.qpid.proton.message.Message;

/** A program in another language that sends to a queue: it knows AMQP 1.0 and nothing of JMS. */
public final class AmqpSender {
    private static final int LONGEST = 1024 * 1024;

    private final URI url;
    private final String queue;

    public AmqpSender(URI url, String queue) {
        this.url = url;
        this.queue = queue;
    }

    /** A message of its own id. */
    public static Message message(String id, Section body, Map<String, Object> properties) {
        Message message = Proton.message();
        message.setProperties(new Properties());
        message.setMessageId(id);
        message.setBody(body);
        message.setApplicationProperties(new ApplicationProperties(properties));
        return message;
    }

    /** As a client of JMS marks its messages: 2 is a map. */
    public static Message ofJms(Message message, int kind) {
        message.setMessageAnnotations(
                new MessageAnnotations(Map.of(Symbol.valueOf("x-opt-jms-msg-type"), (byte) kind)));
        return message;
    }

    /** Returns when the broker has them. */
    public void send(Message... messages) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            Transport transport = Proton.transport();
            transport.sasl().client();
            transport.sasl().setMechanisms("ANONYMOUS");
            Connection connection = Proton.connection();
            connection.setContainer("another-language");
            transport.bind(connection);
            connection.open();
            Session session = connection.session();
            session.open();
            Sender sender = session.sender("sender");
            Target target = new Target();
            target.setAddress(queue);
            target.setCapabilities(Symbol.valueOf("queue"));
            sender.setTarget(target);
            sender.open();
            for (int i = 0; i < messages.length; i++) {
                pumpUntil(socket, transport, () -> sender.getCredit() > 0);
                Delivery delivery = sender.delivery(new byte[] {(byte) i});
                byte[] encoded = new byte[LONGEST];
                sender.send(encoded, 0, messages[i].encode(encoded, 0, encoded.length));
                sender.advance();
                pumpUntil(socket, transport, () -> delivery.getRemoteState() instanceof Accepted);
            }
            connection.close();
            pumpUntil(socket, transport, () -> connection.getRemoteState() == EndpointState.CLOSED);
        }
    }

    private static void pumpUntil(Socket socket, Transport transport, BooleanSupplier done) throws IOException {
        while (true) {
            int pending = transport.pending();
            if (pending > 0) {
                byte[] out = new byte[pending];
                transport.head().get(out);
                socket.getOutputStream().write(out);
                transport.pop(pending);
            } else if (done.getAsBoolean()) {
                return;
            } else {
                byte[] in = new byte[8192];
                int length = socket.getInputStream().read(in);
                if (length < 0) {
                    throw new IOException("the broker closed the connection");
                }
                ByteBuffer bytes = ByteBuffer.wrap(in, 0, length);
                while (bytes.hasRemaining()) {
                    ByteBuffer tail = transport.tail();
                    int chunk = Math.min(tail.remaining(), bytes.remaining());
                    tail.put(bytes.slice(bytes.position(), chunk));
                    bytes.position(bytes.position() + chunk);
                    transport.process();
                }
            }
        }
    }
}
