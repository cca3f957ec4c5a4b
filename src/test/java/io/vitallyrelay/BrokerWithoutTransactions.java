package io.vitallyrelay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import org.apache.qpid.proton.Proton;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.transaction.Coordinator;
import org.apache.qpid.proton.amqp.transport.ErrorCondition;
import org.apache.qpid.proton.engine.Collector;
import org.apache.qpid.proton.engine.Connection;
import org.apache.qpid.proton.engine.Event;
import org.apache.qpid.proton.engine.Link;
import org.apache.qpid.proton.engine.Sasl;
import org.apache.qpid.proton.engine.Transport;

/** Speaks AMQP 1.0 and lets anybody in, but refuses the link to a coordinator of transactions, as several brokers do. */
public final class BrokerWithoutTransactions implements AutoCloseable {
    private final ServerSocket server;

    public BrokerWithoutTransactions() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread listening = new Thread(this::listen, "broker-without-transactions");
        listening.setDaemon(true);
        listening.start();
    }

    public URI url() {
        return URI.create("amqp://127.0.0.1:" + server.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread serving = new Thread(() -> serve(client), "broker-without-transactions-client");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            Transport transport = Proton.transport();
            Connection connection = Proton.connection();
            Collector events = Proton.collector();
            connection.collect(events);
            Sasl sasl = transport.sasl();
            sasl.server();
            sasl.setMechanisms("ANONYMOUS");
            transport.bind(connection);
            byte[] in = new byte[8192];
            while (true) {
                write(client, transport);
                int length = client.getInputStream().read(in);
                if (length < 0) {
                    return;
                }
                read(transport, ByteBuffer.wrap(in, 0, length));
                if (sasl.getRemoteMechanisms().length > 0 && sasl.getOutcome() == Sasl.SaslOutcome.PN_SASL_NONE) {
                    sasl.done(Sasl.SaslOutcome.PN_SASL_OK);
                }
                for (Event event = events.peek(); event != null; event = events.peek()) {
                    answer(event);
                    events.pop();
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static void answer(Event event) {
        switch (event.getType()) {
            case CONNECTION_REMOTE_OPEN -> {
                event.getConnection().setContainer("no-transactions");
                event.getConnection().open();
            }
            case SESSION_REMOTE_OPEN -> event.getSession().open();
            case LINK_REMOTE_OPEN -> open(event.getLink());
            case LINK_REMOTE_CLOSE -> event.getLink().close();
            case SESSION_REMOTE_CLOSE -> event.getSession().close();
            case CONNECTION_REMOTE_CLOSE -> event.getConnection().close();
            default -> {
                // nothing to say
            }
        }
    }

    private static void open(Link link) {
        if (link.getRemoteTarget() instanceof Coordinator) {
            link.setTarget(null);
            link.setCondition(new ErrorCondition(Symbol.valueOf("amqp:not-implemented"), "no transactions"));
            link.open();
            link.close();
        } else {
            link.setSource(link.getRemoteSource());
            link.setTarget(link.getRemoteTarget());
            link.open();
        }
    }

    private static void write(Socket client, Transport transport) throws IOException {
        for (int pending = transport.pending(); pending > 0; pending = transport.pending()) {
            byte[] out = new byte[pending];
            transport.head().get(out);
            client.getOutputStream().write(out);
            transport.pop(pending);
        }
    }

    private static void read(Transport transport, ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            ByteBuffer tail = transport.tail();
            int chunk = Math.min(tail.remaining(), bytes.remaining());
            tail.put(bytes.slice(bytes.position(), chunk));
            bytes.position(bytes.position() + chunk);
            transport.process();
        }
    }
}
