package io.vitallyrelay.source.queue.camel;

import io.vitallyrelay.source.SourceStates;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Endpoint;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.jms.JmsConfiguration;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.jms.MessageListenerContainerFactory;
import org.apache.camel.spi.annotations.Component;
import org.slf4j.Logger;

/**
 * Camel's {@code jms:} with listeners that are watched: an endpoint says by {@code integration=} whose queue it is.
 *
 * <p>The annotation names the component again, as it is not inherited: without it Camel would set the options of an endpoint by
 * reflection, which a native executable cannot.
 */
@Component("jms")
final class QueueListening extends JmsComponent {
    private final SourceStates states;
    private final Logger log;
    private final Function<QueueWatch, MessageListenerContainerFactory> listeners;

    QueueListening(
            JmsConfiguration configuration,
            SourceStates states,
            Logger log,
            Function<QueueWatch, MessageListenerContainerFactory> listeners) {
        super(configuration);
        this.states = states;
        this.log = log;
        this.listeners = listeners;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String integration = getAndRemoveParameter(parameters, "integration", String.class, "");
        JmsEndpoint endpoint = (JmsEndpoint) super.createEndpoint(uri, remaining, parameters);
        QueueWatch watch = new QueueWatch(
                states,
                integration,
                endpoint.getDestinationName(),
                System::nanoTime,
                (level, text) -> log.atLevel(level).log(text));
        endpoint.getConfiguration().setMessageListenerContainerFactory(listeners.apply(watch));
        return endpoint;
    }
}
