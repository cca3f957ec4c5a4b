package io.vitallyrelay;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager2;

/** A real broker that makes no queues by itself, and in which anybody may do all but consume from the queues that are denied. */
public final class BrokerWithRights implements AutoCloseable {
    private static final int JOURNAL_FILE_BYTES = 1024 * 1024;

    private final ActiveMQServer server;
    private final Rights rights;

    private BrokerWithRights(ActiveMQServer server, Rights rights) {
        this.server = server;
        this.rights = rights;
    }

    public static BrokerWithRights start(Path folder, String... queues) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setSecurityEnabled(true)
                .setSecurityInvalidationInterval(0)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .addAddressSetting(
                        "#",
                        new AddressSettings()
                                .setAutoCreateQueues(false)
                                .setAutoCreateAddresses(false)
                                .setMaxDeliveryAttempts(-1))
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(),
                        Map.of(
                                TransportConstants.HOST_PROP_NAME,
                                "127.0.0.1",
                                TransportConstants.PORT_PROP_NAME,
                                0,
                                TransportConstants.PROTOCOLS_PROP_NAME,
                                "CORE,AMQP"),
                        "all"));
        for (String queue : queues) {
            configuration.addQueueConfiguration(QueueConfiguration.of(queue).setRoutingType(RoutingType.ANYCAST));
        }
        Rights rights = new Rights();
        ActiveMQServer server = new ActiveMQServerImpl(configuration, rights);
        server.start();
        return new BrokerWithRights(server, rights);
    }

    public void deny(String queue) {
        rights.denied.add(queue);
    }

    public void allow(String queue) {
        rights.denied.remove(queue);
    }

    public String url() {
        return "tcp://127.0.0.1:" + port();
    }

    public URI amqpUrl() {
        return URI.create("amqp://127.0.0.1:" + port());
    }

    private int port() {
        return ((NettyAcceptor) server.getRemotingService().getAcceptor("all")).getActualPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }

    private static final class Rights implements ActiveMQSecurityManager2 {
        private final Set<String> denied = ConcurrentHashMap.newKeySet();

        @Override
        public boolean validateUser(String user, String password) {
            return true;
        }

        @Override
        public boolean validateUser(String user, String password, X509Certificate[] certificates) {
            return true;
        }

        @Override
        public boolean validateUserAndRole(String user, String password, Set<Role> roles, CheckType type) {
            return true;
        }

        @Override
        public boolean validateUserAndRole(
                String user,
                String password,
                Set<Role> roles,
                CheckType type,
                String address,
                RemotingConnection connection) {
            return type != CheckType.CONSUME || denied.stream().noneMatch(address::startsWith);
        }
    }
}
