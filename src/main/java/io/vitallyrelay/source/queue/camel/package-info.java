/** The endpoints {@code jms:} and {@code queue:}: what a message of JMS or AMQP holds, and who commits it. */
package io.vitallyrelay.source.queue.camel;
