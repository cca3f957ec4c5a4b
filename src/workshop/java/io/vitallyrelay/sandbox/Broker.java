package io.vitallyrelay.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * A real Artemis broker in this process, on 127.0.0.1: the core protocol and AMQP 1.0 on one port, queues made when they are
 * first named, messages in a folder. Its jars are not part of the service. Safe for many threads.
 */
public final class Broker implements AutoCloseable {
    /** Where the broker puts messages that were rolled back ten times. */
    public static final String DEAD_LETTERS = "DLQ";

    private static final String ACCEPTOR = "all";
    private static final int JOURNAL_FILE_BYTES = 1024 * 1024;

    private final ActiveMQServer server;

    private Broker(ActiveMQServer server) {
        this.server = server;
    }

    /**
     * Starts a broker, which listens when this returns. It has the messages that the folder had.
     *
     * @param port 0 for any that is free
     * @throws Exception if the port is taken or the folder cannot be used
     */
    public static Broker start(Path folder, int port) throws Exception {
        Broker broker = new Broker(new ActiveMQServerImpl(configuration(folder, port)));
        broker.server.start();
        if (!broker.server.waitForActivation(1, TimeUnit.MINUTES)
                || broker.server.getRemotingService().getAcceptor(ACCEPTOR) == null) {
            broker.close();
            throw new IllegalStateException("the broker does not listen at port " + port);
        }
        return broker;
    }

    private static Configuration configuration(Path folder, int port) {
        return new ConfigurationImpl()
                .setName("sandbox")
                .setSecurityEnabled(false)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setAutoDeleteAddresses(false)
                                .setAutoDeleteQueues(false)
                                .setDeadLetterAddress(SimpleString.of(DEAD_LETTERS)))
                .addQueueConfiguration(QueueConfiguration.of(DEAD_LETTERS).setRoutingType(RoutingType.ANYCAST))
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of(
                                TransportConstants.HOST_PROP_NAME,
                                "127.0.0.1",
                                TransportConstants.PORT_PROP_NAME,
                                port,
                                TransportConstants.PROTOCOLS_PROP_NAME,
                                "CORE,AMQP"),
                        ACCEPTOR));
    }

    public int port() {
        return ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).getActualPort();
    }

    /** Where clients of the core protocol connect to. */
    public URI url() {
        return URI.create("tcp://127.0.0.1:" + port());
    }

    /** Where clients of AMQP connect to. */
    public URI amqpUrl() {
        return URI.create("amqp://127.0.0.1:" + port());
    }

    /** Messages of the queue that no client has committed yet; 0 where there is no such queue. */
    public long messages(String queue) {
        Queue found = server.locateQueue(queue);
        return found == null ? 0 : found.getMessageCount();
    }

    /** Ends it as if it had crashed, as far as its clients can see; what it acknowledged is in the folder. */
    @Override
    public void close() throws Exception {
        server.stop();
    }
}
