package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.fail;

import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.BackOff;
import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.ByteLimit;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.RetryTiming;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.spool.Spool;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.concurrent.SynchronousExecutorService;

/** The lane that {@code routes/delivery.camel.yaml} describes, in a Camel of its own, beside the dead letters of records. */
final class DeliveryRoute implements AutoCloseable {
    static final String TOKEN = "secret";
    static final int MESSAGE_BYTES = 1000;

    private final CamelContext camel = new DefaultCamelContext();
    private final Stop stop = new Stop();
    private final UnderWay underWay = new UnderWay();
    private final AtomicInteger gathered = new AtomicInteger();

    /** When a batch is complete. */
    record Limits(int size, Duration window, int bytes) {}

    DeliveryRoute(Spool spool, URI url, Limits limits) throws Exception {
        this(spool, url, limits, step -> step);
    }

    /** @param nextPart what stands in the place of the step before each request */
    DeliveryRoute(Spool spool, URI url, Limits limits, UnaryOperator<Processor> nextPart) throws Exception {
        this(spool, url, limits, nextPart, new ClientOptions().client()::configure);
    }

    DeliveryRoute(Spool spool, URI url, Limits limits, UnaryOperator<Processor> nextPart, HttpClientConfigurer client)
            throws Exception {
        BackOff hardlyAny = new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(3));
        InstantSource clock = InstantSource.system();
        Gate gate =
                new Gate(new Gate.Options(1, 0, Duration.ofMinutes(1), clock, System::nanoTime, new Random(3)), stop);
        Delivery.Rules rules = new Delivery.Rules(
                spool, hardlyAny, null, false, false, clock, stop, gate, new ByteLimit(), new BlockedTypes());
        AnswerReader reader = new AnswerReader(new RetryTiming(Duration.ofMinutes(5), clock), new Secrets(TOKEN));
        DeliverySteps steps = new DeliverySteps(rules, reader, (verdict, took) -> {}, underWay);
        camel.addComponent("lane", new LaneComponent(spool, stop, underWay));
        camel.getRegistry().bind("batch", counting(new BatchStrategy()));
        camel.getRegistry().bind("batchFull", BatchStrategy.full(limits.bytes(), MESSAGE_BYTES));
        camel.getRegistry().bind("batchWindow", BatchStrategy.window(limits.window()));
        camel.getRegistry().bind("sameThread", new SynchronousExecutorService());
        camel.getRegistry().bind("beginDelivery", steps.begin());
        camel.getRegistry().bind("messagesLeft", steps.goesOn());
        camel.getRegistry().bind("nextPart", nextPart.apply(steps.nextPart()));
        camel.getRegistry().bind("verdict", steps.verdict());
        camel.getRegistry().bind("vitallyClient", client);
        camel.getPropertiesComponent().addOverrideProperty("vitally.url", url.toString());
        camel.getPropertiesComponent().addOverrideProperty("vitally.batch.size", Integer.toString(limits.size()));
        camel.getRegistry().bind("deadLetter", (Processor) exchange -> fail("dead letters are for records"));
        for (String file : List.of("dead-letter", "delivery")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
        }
        camel.getShutdownStrategy().setTimeout(10);
        camel.start();
        TemplatedRouteBuilder.builder(camel, "delivery-lane")
                .routeId("lane-0")
                .parameter("lane", 0)
                .add();
    }

    /** Messages that the lane has put into batches. */
    int gathered() {
        return gathered.get();
    }

    private AggregationStrategy counting(AggregationStrategy strategy) {
        return (batch, next) -> {
            Exchange aggregated = strategy.aggregate(batch, next);
            gathered.incrementAndGet();
            return aggregated;
        };
    }

    /** Lets the lane send what it has in hand. @return whether it ended */
    boolean drain() throws InterruptedException {
        stop.to(Stop.Step.LANES);
        return underWay.awaitNone(Duration.ofSeconds(10));
    }

    boolean isDraining() {
        return stop.has(Stop.Step.LANES);
    }

    @Override
    public void close() {
        stop.now();
        camel.stop();
    }
}
