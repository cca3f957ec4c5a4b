package io.vitallyrelay.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vitallyrelay.delivery.Answer;
import io.vitallyrelay.delivery.AnswerBody;
import io.vitallyrelay.delivery.DeliveryListener;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Posted;
import io.vitallyrelay.delivery.Verdict;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolStatus;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;

/**
 * The metrics at {@code /q/metrics}. Those of messages are read from the ledger every second, so they go on over a restart;
 * those of requests are counted since the start.
 */
@Singleton
public class Meters implements DeliveryListener {
    private static final Logger LOG = Logger.getLogger(Meters.class);

    private final MeterRegistry registry;
    private final Spool spool;
    private final Map<Verdict, Counter> batches = new EnumMap<>(Verdict.class);
    private final Counter doubtful;
    private final Timer post;
    private final Set<String> doubtfulKinds = ConcurrentHashMap.newKeySet();
    private final Inboxes inboxes;
    private final Set<String> counted = ConcurrentHashMap.newKeySet();
    private final Map<String, Counts> sums = new ConcurrentHashMap<>();
    private final SpoolWatch watch = new SpoolWatch(LOG::warn, LOG::info);
    private final ScheduledExecutorService reader =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ledger-meters"));

    Meters(MeterRegistry registry, Spool spool, Inboxes inboxes, Gate gate, Settings settings) {
        this.registry = registry;
        this.inboxes = inboxes;
        this.spool = spool;
        for (Verdict verdict : Verdict.values()) {
            batches.put(
                    verdict,
                    Counter.builder("relay.batches")
                            .description("Answers to batches and parts of them, by verdict")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        doubtful = Counter.builder("relay.batches.doubtful")
                .description("Answers that mean success and are not 200 with JSON")
                .register(registry);
        post = Timer.builder("relay.post")
                .description("Time from a request to its answer")
                .register(registry);
        Gauge.builder("relay.messages.pending", spool, s -> s.status().pending())
                .description("Messages in the spool that are neither delivered nor dead")
                .register(registry);
        bytes("relay.spool", "Bytes of pending messages in the spool", SpoolStatus::bytes);
        bytes("relay.spool.limit", "Bytes of pending messages at which sources wait", SpoolStatus::maxBytes);
        bytes("relay.dead.letters", "Bytes of dead letters in the spool", SpoolStatus::deadLetterBytes);
        bytes(
                "relay.dead.letters.limit",
                "Bytes of dead letters at which records that would become more of them wait",
                SpoolStatus::maxDeadLetterBytes);
        Gauge.builder("relay.lanes.held", gate, g -> g.isHeld() ? settings.get(SettingsTable.LANES) : 0)
                .description("Lanes that wait for an operator")
                .register(registry);
        Gauge.builder("relay.integrations.held", gate, Gate::integrationsHeld)
                .description("Integrations that wait, as their messages were all refused")
                .register(registry);
    }

    private void bytes(String name, String description, ToLongFunction<SpoolStatus> value) {
        Gauge.builder(name, spool, s -> value.applyAsLong(s.status()))
                .baseUnit(BaseUnits.BYTES)
                .description(description)
                .register(registry);
    }

    @Override
    public void posted(Posted posted) {
        batches.get(posted.verdict()).increment();
        post.record(posted.took());
    }

    @Override
    public void doubtful(Answer answer) {
        doubtful.increment();
        boolean errors = answer.body() == AnswerBody.ERRORS;
        if (doubtfulKinds.add(answer.status() + (errors ? " with errors" : ""))) {
            LOG.warnf(
                    "the endpoint answers %d, but not as it is documented (200 and JSON)%s; taken for delivered, as"
                            + " vitally.doubtful-success says, said once for this status, counted by"
                            + " relay_batches_doubtful_total. %s",
                    answer.status(),
                    errors ? ": it speaks of errors" : "",
                    errors ? "Look in Vitally for what is missing." : "Is the address right?");
        }
    }

    @Override
    public void blocked(MessageType type, boolean blocked, String answer) {
        if (blocked) {
            LOG.warnf("the endpoint refuses every message of type %s: %s", type.wireName(), answer);
        } else {
            LOG.infof("the endpoint takes messages of type %s again", type.wireName());
        }
    }

    void start(@Observes StartupEvent started) {
        var unused = reader.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes ShutdownEvent stopping) {
        reader.shutdownNow();
    }

    private void look() {
        try {
            readLedger();
            watch.look(spool.status());
        } catch (RuntimeException e) {
            // else there would be no further look at all
            LOG.warn("the metrics of the ledger could not be read", e);
        }
    }

    private void readLedger() {
        inboxes.notRead().keySet().stream().filter(counted::add).forEach(this::countNotRead);
        for (IntegrationCounts each : spool.ledger().integrations()) {
            if (sums.put(each.integration(), each.counts()) == null) {
                count(
                        "relay.records.read",
                        "Messages that records became, and records that became none",
                        each.integration(),
                        Counts::read);
                count(
                        "relay.messages.delivered",
                        "Messages that the endpoint accepted",
                        each.integration(),
                        Counts::delivered);
                count(
                        "relay.messages.dead",
                        "Messages and records that became dead letters, given up since or not",
                        each.integration(),
                        counts -> counts.dead() + counts.discarded());
            }
        }
    }

    private void countNotRead(String integration) {
        Gauge.builder("relay.files.not.read", inboxes, all -> all.notRead().getOrDefault(integration, 0))
                .description("What lies in an inbox, or beside the inboxes, and is read by nobody")
                .tag("integration", integration)
                .register(registry);
    }

    private void count(String name, String description, String integration, ToLongFunction<Counts> value) {
        FunctionCounter.builder(name, sums, all -> value.applyAsLong(all.get(integration)))
                .description(description)
                .tag("integration", integration)
                .register(registry);
    }
}
