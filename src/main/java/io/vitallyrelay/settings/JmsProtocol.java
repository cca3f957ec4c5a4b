package io.vitallyrelay.settings;

/** How the service speaks with the JMS broker. */
public enum JmsProtocol {
    /** Artemis' own. */
    CORE,
    /** AMQP 1.0. */
    AMQP
}
