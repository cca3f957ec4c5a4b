package io.vitallyrelay.source.queue.camel;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpCodec;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.codec.DecoderImpl;

/**
 * The body of a message of AMQP that is neither text nor bytes nor a map of JMS. The client calls all of these Java objects,
 * and would open those that really are; here they are read as what they are on the wire.
 */
final class AmqpSection {
    private AmqpSection() {}

    /**
     * The value of an amqp-value, the list of an amqp-sequence, or a {@link JavaObject} that was not opened; null where there
     * is no such body.
     */
    static Object of(JmsMessage message) {
        if (!(message.getFacade() instanceof AmqpJmsMessageFacade facade)) {
            return null;
        }
        ByteBuf encoded = AmqpCodec.encodeMessage(facade);
        DecoderImpl decoder = AmqpCodec.getDecoder();
        decoder.setByteBuffer(encoded.nioBuffer());
        try {
            while (decoder.getByteBufferRemaining() > 0) {
                Object section = decoder.readObject();
                if (section instanceof AmqpValue value) {
                    return value.getValue();
                } else if (section instanceof AmqpSequence sequence) {
                    return sequence.getValue();
                } else if (section instanceof Data data) {
                    return new JavaObject(bytes(data.getValue()));
                }
            }
            return null;
        } finally {
            decoder.setByteBuffer(null);
        }
    }

    private static byte[] bytes(Binary binary) {
        int from = binary.getArrayOffset();
        return Arrays.copyOfRange(binary.getArray(), from, from + binary.getLength());
    }
}
