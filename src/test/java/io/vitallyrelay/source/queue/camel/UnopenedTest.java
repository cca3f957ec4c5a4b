package io.vitallyrelay.source.queue.camel;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.nio.charset.MalformedInputException;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQNotConnectedException;
import org.apache.qpid.jms.provider.ProviderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnopenedTest {

    static List<Exception> ofMessages() {
        return List.of(
                new NullPointerException(),
                new NumberFormatException("Character D is neither a decimal digit number"),
                new ClassCastException("List cannot be cast"),
                new IllegalArgumentException(new IOException("not network")),
                new MessageFormatException("cannot read a boolean"),
                causedBy(new JMSException("Cannot decode String in UTF-8"), new MalformedInputException(1)));
    }

    @ParameterizedTest
    @MethodSource("ofMessages")
    void blamesTheMessage(Exception thrown) {
        assertThat(Unopened.isOfMessage(thrown, deliveredFor(1))).isTrue();
    }

    static List<Exception> ofConnections() {
        return List.of(
                new jakarta.jms.IllegalStateException("The Session is closed"),
                new RuntimeException(new ActiveMQNotConnectedException("gone in the middle of a large message")),
                causedBy(new JMSException("gone"), new ProviderException("gone")),
                causedBy(new JMSException("gone"), new SocketException("Connection reset")),
                new RuntimeException(new InterruptedException()));
    }

    @ParameterizedTest
    @MethodSource("ofConnections")
    void blamesTheConnectionHoweverOftenTheMessageCame(Exception thrown) {
        assertThat(Unopened.isOfMessage(thrown, deliveredFor(9))).isFalse();
    }

    @Test
    void blamesTheMessageThatFailsAThirdTimeWhereNobodySaysWhy() {
        JMSException unclear = new JMSException("no");

        assertThat(List.of(1, 2, 3))
                .extracting(time -> Unopened.isOfMessage(unclear, deliveredFor(time)))
                .containsExactly(false, false, true);
    }

    @Test
    void saysWhatWasThrown() {
        assertThat(Unopened.reason("the body", new RuntimeException(null, new ClassCastException("List"))))
                .isEqualTo("the body cannot be read (ClassCastException: List)");
    }

    private static Exception causedBy(JMSException thrown, Exception cause) {
        thrown.initCause(cause);
        return thrown;
    }

    private static Message deliveredFor(int time) {
        return (Message) Proxy.newProxyInstance(
                Message.class.getClassLoader(), new Class<?>[] {Message.class}, (proxy, method, arguments) -> time);
    }
}
