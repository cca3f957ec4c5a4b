package io.vitallyrelay.source.queue.camel;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotReadableException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.qpid.jms.provider.ProviderException;

/**
 * Tells what was thrown while a message was opened: whether the message is to blame, so that it becomes a dead letter, or the
 * connection is gone, so that it comes again.
 */
final class Unopened {
    /** Where it is not clear who is to blame, a message may come this often. */
    static final int ATTEMPTS = 3;

    private Unopened() {}

    /** Whether it would be thrown again when the message comes again. */
    static boolean isOfMessage(Exception thrown, Message message) {
        boolean unclear = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MessageFormatException
                    || cause instanceof MessageEOFException
                    || cause instanceof MessageNotReadableException
                    || cause instanceof CharacterCodingException) {
                return true;
            }
            if (cause instanceof IllegalStateException
                    || cause instanceof ActiveMQException
                    || cause instanceof ProviderException
                    || cause instanceof SocketException
                    || cause instanceof ClosedChannelException
                    || cause instanceof InterruptedException) {
                return false;
            }
            unclear |= cause instanceof JMSException;
        }
        return !unclear || attempts(message) >= ATTEMPTS;
    }

    /** In words for a dead letter. */
    static String reason(String what, Exception thrown) {
        Throwable cause = thrown;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String why = cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return what + " cannot be read (" + cause.getClass().getSimpleName() + why + ")";
    }

    private static int attempts(Message message) {
        try {
            return message.getIntProperty("JMSXDeliveryCount");
        } catch (JMSException | RuntimeException e) {
            return 1;
        }
    }
}
