package io.vitallyrelay.settings;

import java.util.regex.Pattern;

/** The URL of a JMS broker, or of several that stand in for one another. */
record BrokerUrl() implements Kind<String> {
    private static final Pattern CORE = Pattern.compile("\\(?tcp://.+");
    private static final Pattern AMQP = Pattern.compile("(failover:\\()?amqps?://.+");
    private static final Pattern QUERY = Pattern.compile("\\?[^,)]*");

    @Override
    public String parse(String text) throws NotAllowedException {
        String url = text.strip();
        if (url.contains("@")) {
            throw new NotAllowedException(
                    this,
                    "user and password belong into relay.jms.user and relay.jms.password, and an @ of a query is %40");
        }
        if (!isFor(JmsProtocol.CORE, url) && !isFor(JmsProtocol.AMQP, url)) {
            throw new NotAllowedException(this);
        }
        return url;
    }

    /** Whether the clients of that protocol know what to do with it. */
    static boolean isFor(JmsProtocol protocol, String url) {
        return (protocol == JmsProtocol.CORE ? CORE : AMQP).matcher(url).matches();
    }

    @Override
    public String allowed() {
        return "tcp://host:port or (tcp://host:port,tcp://host:port) for core, amqp:// or amqps://host:port or"
                + " failover:(amqp://host:port,amqp://host:port) for amqp, without user info";
    }

    @Override
    public String shown(String text) {
        return withoutSecrets(text);
    }

    /** Queries may hold passwords of key stores; what is no URL may be anything. */
    static String withoutSecrets(String text) {
        boolean url = isFor(JmsProtocol.CORE, text) || isFor(JmsProtocol.AMQP, text);
        return url && !text.contains("@") ? QUERY.matcher(text).replaceAll("?" + Token.HIDDEN) : Token.HIDDEN;
    }
}
