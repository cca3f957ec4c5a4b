package io.vitallyrelay.source.camel;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.ContractRules;
import io.vitallyrelay.sink.CountedWarnings;
import io.vitallyrelay.sink.camel.DeadLetterStep;
import io.vitallyrelay.sink.camel.SpoolComponent;
import io.vitallyrelay.sink.camel.StepErrors;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.file.InboxLocks;
import io.vitallyrelay.source.file.Inboxes;
import io.vitallyrelay.source.file.OpenFiles;
import io.vitallyrelay.source.file.camel.FilesComponent;
import io.vitallyrelay.source.file.camel.InboxHooks;
import io.vitallyrelay.source.mapping.MappingLimits;
import io.vitallyrelay.source.mapping.camel.MappingLanguage;
import io.vitallyrelay.source.queue.Uncommitted;
import io.vitallyrelay.source.queue.camel.QueueComponent;
import io.vitallyrelay.source.queue.camel.QueueContainer;
import io.vitallyrelay.spool.Spool;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Camel with what routes before the spool use, and a spool behind them. */
public final class SourceRoutes implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00.500Z");

    public static final int RECORD_BYTES = 4000;
    public static final int MAPPING_BYTES = 256 * 1024 * 1024;

    public final CamelContext camel = new DefaultCamelContext();
    /** What was told of messages that are likely a mistake. */
    public final List<String> warnings = new CopyOnWriteArrayList<>();

    public final TemporarySpool spool;
    public final Inboxes inboxes;
    public final Uncommitted uncommitted = new Uncommitted();
    public final OpenFiles openFiles = new OpenFiles();
    public final SourceStates states = new SourceStates(InstantSource.fixed(NOW));
    public final Path data;

    public SourceRoutes(Path data) throws Exception {
        this.data = data;
        spool = new TemporarySpool(data.resolve("spool"));
        InstantSource clock = InstantSource.fixed(NOW);
        CountedWarnings notices = new CountedWarnings(warnings::add);
        Contract contract = new Contract(ContractRules.strict(1000), clock, notices);
        camel.addComponent("spool", new SpoolComponent(spool.spool(), contract, notices));
        inboxes = new Inboxes(data.resolve("inbox"), System::nanoTime);
        camel.addComponent("records", files(spool.spool()));
        camel.getRegistry().bind("inbox", new InboxHooks(inboxes, states, () -> false, System::nanoTime));
        camel.getRegistry().bind("deadLetter", new DeadLetterStep(spool.spool()));
        camel.getRegistry().bind("jq", new MappingLanguage(new MappingLimits(Duration.ofMillis(500), MAPPING_BYTES)));
        camel.getRegistry().bind("recordOutcome", new RecordOutcome());
        camel.getPropertiesComponent().addOverrideProperty("relay.data", data.toString());
        KameletComponent kamelets = camel.getComponent("kamelet", KameletComponent.class);
        kamelets.setLocation("classpath:kamelets");
        kamelets.setNoErrorHandler(true);
        camel.getCamelContextExtension().addInterceptStrategy(new StepErrors());
        camel.getShutdownStrategy().setTimeout(10);
    }

    public FilesComponent files(Spool into) {
        return new FilesComponent(
                into,
                new InboxLocks(inboxes.root()),
                openFiles,
                RECORD_BYTES,
                () -> false,
                InstantSource.fixed(NOW),
                System::nanoTime);
    }

    public SourceRoutes withBroker(ConnectionFactory connections) {
        JmsComponent jms = QueueContainer.component(connections, spool.spool(), uncommitted, states);
        // a consumer that stops waits for that: a second of each test otherwise
        jms.getConfiguration().setReceiveTimeout(50);
        camel.addComponent("jms", jms);
        camel.addComponent("queue", new QueueComponent(spool.spool(), uncommitted, RECORD_BYTES));
        return this;
    }

    public SourceRoutes withDeadLetters() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/dead-letter.camel.yaml"));
        return this;
    }

    public SourceRoutes start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        return this;
    }

    /** What is pending, in order. */
    public List<String> pending() throws Exception {
        spool.spool().intake("test", "flush").flush();
        return spool.rest();
    }

    @Override
    public void close() {
        camel.stop();
        spool.close();
    }
}
