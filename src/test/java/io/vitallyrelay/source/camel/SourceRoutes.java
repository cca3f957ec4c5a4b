package io.vitallyrelay.source.camel;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Contract;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Camel with what routes before the spool use, and a spool behind them. */
final class SourceRoutes implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00.500Z");

    final CamelContext camel = new DefaultCamelContext();
    final TemporarySpool spool;
    final Path data;

    SourceRoutes(Path data) throws Exception {
        this.data = data;
        spool = new TemporarySpool(data.resolve("spool"));
        InstantSource clock = InstantSource.fixed(NOW);
        camel.addComponent("spool", new SpoolComponent(spool.spool(), new Contract(1000, clock)));
        camel.addComponent("records", new FilesComponent(spool.spool(), 1000, () -> false, clock));
        camel.getRegistry().bind("deadLetter", new DeadLetterStep(spool.spool()));
        camel.getRegistry().bind("recordOutcome", new RecordOutcome());
        camel.getPropertiesComponent().addOverrideProperty("relay.data", data.toString());
        camel.getPropertiesComponent().addOverrideProperty("camel.component.kamelet.location", "classpath:kamelets");
        camel.getShutdownStrategy().setTimeout(10);
    }

    SourceRoutes withDeadLetters() throws Exception {
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveResource(camel, "file:routes/dead-letter.camel.yaml"));
        return this;
    }

    SourceRoutes start(RouteBuilder routes) throws Exception {
        camel.addRoutes(routes);
        camel.start();
        return this;
    }

    /** What is pending, in order. */
    List<String> pending() throws Exception {
        spool.spool().intake("test", "flush").flush();
        return spool.rest();
    }

    @Override
    public void close() {
        camel.stop();
        spool.close();
    }
}
