package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.fail;

import io.vitallyrelay.delivery.AnswerReader;
import io.vitallyrelay.delivery.BackOff;
import io.vitallyrelay.delivery.Batch;
import io.vitallyrelay.delivery.BlockedTypes;
import io.vitallyrelay.delivery.ByteLimit;
import io.vitallyrelay.delivery.Delivery;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.HoldFile;
import io.vitallyrelay.delivery.IntegrationHolds;
import io.vitallyrelay.delivery.LaneStates;
import io.vitallyrelay.delivery.RetryTiming;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.delivery.UnderWay;
import io.vitallyrelay.delivery.Verdict;
import io.vitallyrelay.spool.Spool;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
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

/** The lanes that {@code routes/delivery.camel.yaml} describes, in a Camel of their own, beside the dead letters of records. */
final class DeliveryRoute implements AutoCloseable {
    static final String TOKEN = "secret";
    static final int MESSAGE_BYTES = 1000;
    static final Duration LONGEST_PAUSE = Duration.ofMillis(1500);

    private final CamelContext camel = new DefaultCamelContext();
    private final Stop stop = new Stop();
    private final UnderWay underWay = new UnderWay();
    private final AtomicInteger gathered = new AtomicInteger();
    private final List<Verdict> verdicts = new CopyOnWriteArrayList<>();
    private final Gate gate;
    private final CountsPolled lanes;

    /** When a batch is complete. */
    record Limits(int size, Duration window, int bytes) {}

    /**
     * What is not the same in all tests.
     *
     * @param lanes as many as the spool has
     * @param probe a request is tried in this interval during a hold
     * @param nextPart what stands in the place of the step before each request
     */
    record Options(
            int lanes,
            Limits limits,
            Duration probe,
            HttpClientConfigurer client,
            boolean retryDoubtful,
            int refusedInARow,
            UnaryOperator<Processor> nextPart) {
        /** One lane, a minute between probes, patience. */
        static Options of(Limits limits) {
            return new Options(
                    1, limits, Duration.ofMinutes(1), new ClientOptions().client()::configure, false, 0, step -> step);
        }

        Options withLanes(int other) {
            return new Options(other, limits, probe, client, retryDoubtful, refusedInARow, nextPart);
        }

        Options withProbe(Duration other) {
            return new Options(lanes, limits, other, client, retryDoubtful, refusedInARow, nextPart);
        }

        Options withResponseTimeout(Duration other) {
            return new Options(
                    lanes,
                    limits,
                    probe,
                    new ClientOptions().answeredWithin(other).client()::configure,
                    retryDoubtful,
                    refusedInARow,
                    nextPart);
        }

        Options withClient(ClientOptions other) {
            return new Options(lanes, limits, probe, other.client()::configure, retryDoubtful, refusedInARow, nextPart);
        }

        Options withRetryDoubtful() {
            return new Options(lanes, limits, probe, client, true, refusedInARow, nextPart);
        }

        /** After so many refused messages in a row an integration is held. */
        Options withRefusedInARow(int other) {
            return new Options(lanes, limits, probe, client, retryDoubtful, other, nextPart);
        }

        Options withNextPart(UnaryOperator<Processor> other) {
            return new Options(lanes, limits, probe, client, retryDoubtful, refusedInARow, other);
        }
    }

    DeliveryRoute(Spool spool, URI url, Options options) throws Exception {
        lanes = new CountsPolled(spool.lanes());
        BackOff hardlyAny = new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new Random(3));
        InstantSource clock = InstantSource.system();
        HoldFile holds = HoldFile.none();
        gate = new Gate(
                new Gate.Options(options.lanes(), 0, options.probe(), clock, System::nanoTime, new Random(3)),
                stop,
                new IntegrationHolds(
                        new IntegrationHolds.Options(
                                options.refusedInARow(), 90, options.probe(), clock, System::nanoTime),
                        holds),
                holds);
        Delivery.Rules rules = new Delivery.Rules(
                hardlyAny,
                null,
                options.retryDoubtful() ? Verdict.RETRY : Verdict.DELIVERED,
                false,
                clock,
                System::nanoTime,
                stop,
                gate,
                new ByteLimit(),
                new BlockedTypes());
        AnswerReader reader = new AnswerReader(new RetryTiming(LONGEST_PAUSE, clock), new Secrets(TOKEN));
        DeliverySteps steps = new DeliverySteps(rules, reader, posted -> verdicts.add(posted.verdict()), underWay);
        camel.addComponent(
                "lane",
                new LaneComponent(
                        lanes,
                        stop,
                        new Batch.Limits(
                                options.limits().size(), options.limits().bytes(), MESSAGE_BYTES),
                        underWay,
                        new LaneStates(options.lanes()),
                        gate));
        camel.getRegistry().bind("batch", counting(new BatchStrategy()));
        camel.getRegistry().bind("batchFull", BatchStrategy.full());
        camel.getRegistry()
                .bind("batchWindow", BatchStrategy.window(options.limits().window()));
        camel.getRegistry().bind("sameThread", new SynchronousExecutorService());
        camel.getRegistry().bind("beginDelivery", steps.begin());
        camel.getRegistry().bind("messagesLeft", steps.goesOn());
        camel.getRegistry().bind("nextPart", options.nextPart().apply(steps.nextPart()));
        camel.getRegistry().bind("verdict", steps.verdict());
        camel.getRegistry().bind("vitallyClient", options.client());
        camel.getPropertiesComponent().addOverrideProperty("vitally.url", url.toString());
        camel.getPropertiesComponent()
                .addOverrideProperty(
                        "vitally.batch.size", Integer.toString(options.limits().size()));
        camel.getRegistry().bind("deadLetter", (Processor) exchange -> fail("dead letters are for records"));
        for (String file : List.of("dead-letter", "delivery")) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/" + file + ".camel.yaml"));
        }
        camel.getShutdownStrategy().setTimeout(10);
        camel.start();
        for (int lane = 0; lane < options.lanes(); lane++) {
            TemplatedRouteBuilder.builder(camel, "delivery-lane")
                    .routeId("lane-" + lane)
                    .parameter("lane", lane)
                    .add();
        }
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    /** Whether no message and no batch is on its way; to end it in the middle of one takes Camel a second. */
    boolean isIdle() {
        return inFlight() == 0;
    }

    /** Exchanges on their way: a batch, and what waits behind it. */
    int inFlight() {
        return camel.getInflightRepository().size();
    }

    /** How many messages the lanes gave. */
    int polled() {
        return lanes.polled();
    }

    Gate gate() {
        return gate;
    }

    /** Messages that the lanes have put into batches. */
    int gathered() {
        return gathered.get();
    }

    private AggregationStrategy counting(AggregationStrategy strategy) {
        return (batch, next) -> {
            int before = batch == null ? 0 : size(batch);
            Exchange aggregated = strategy.aggregate(batch, next);
            gathered.addAndGet(size(aggregated) - before);
            return aggregated;
        };
    }

    private static int size(Exchange exchange) {
        return exchange.getIn().getBody(Batch.class).messages().size();
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
