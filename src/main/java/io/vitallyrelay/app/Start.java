package io.vitallyrelay.app;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.vitallyrelay.delivery.HoldFile;
import io.vitallyrelay.delivery.HoldsUnreadableException;
import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsException;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.sink.camel.StepErrors;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import io.vitallyrelay.source.file.camel.ControlCharacters;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.spi.CamelContextCustomizer;
import org.jboss.logging.Logger;

/** The order of a start: settings, the spool's recovery, the lanes, the integrations. What is wrong is said in one line. */
@Singleton
public class Start implements CamelContextCustomizer {
    private static final Logger LOG = Logger.getLogger(Start.class);

    private final Instance<Settings> settings;
    private final Instance<Spool> spool;
    private final Instance<Drain> drain;
    private final Instance<SourceStates> states;
    private final Instance<Sources> sources;
    private final Instance<LetterJobs> letterJobs;
    private final Instance<HoldFile> holds;
    private CamelContext camel;
    private final RoutesWithoutBroker withoutBroker = new RoutesWithoutBroker();
    private volatile boolean done;

    Start(
            Instance<Settings> settings,
            Instance<Spool> spool,
            Instance<Drain> drain,
            Instance<SourceStates> states,
            Instance<Sources> sources,
            Instance<LetterJobs> letterJobs,
            Instance<HoldFile> holds) {
        this.settings = settings;
        this.spool = spool;
        this.drain = drain;
        this.states = states;
        this.sources = sources;
        this.letterJobs = letterJobs;
        this.holds = holds;
    }

    @Override
    public void configure(CamelContext context) {
        camel = context;
        try {
            LOG.info(settings.get());
            requireRoute("delivery.camel.yaml");
            requireRoute("dead-letter.camel.yaml");
            Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
            model.addModelLifecycleStrategy(new ControlCharacters());
            if (settings.get().get(SettingsTable.JMS_URL) == null) {
                model.addModelLifecycleStrategy(withoutBroker);
            }
            LOG.infof(
                    "%,d messages are pending in the spool",
                    spool.get().status().pending());
            // else lanes that are to wait would not
            holds.get();
            warnOfOpenFolders(settings.get().get(SettingsTable.DATA));
            // before the routes stop, which map what is replayed
            context.addLifecycleStrategy(letterJobs.get());
            context.addLifecycleStrategy(drain.get());
            context.getCamelContextExtension().addInterceptStrategy(new StepErrors());
            KnownComponents.by(context);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !isTold(cause)) {
                cause = cause.getCause();
            }
            if (isTold(cause)) {
                throw new PreventFurtherStepsException(cause.getMessage(), 1);
            }
            throw e;
        }
    }

    /** Whether its message says all that an operator has to know. */
    private static boolean isTold(Throwable thrown) {
        return thrown instanceof SettingsException
                || thrown instanceof SpoolException
                || thrown instanceof HoldsUnreadableException;
    }

    /** What the service makes is for its user alone; what was there keeps its permissions, as a group may need them. */
    private static void warnOfOpenFolders(Path data) {
        List<String> open = new ArrayList<>();
        for (Path folder : List.of(data, data.resolve("spool"), data.resolve("inbox"))) {
            try {
                if (PrivateFiles.othersMayRead(folder)) {
                    open.add(folder.toString());
                }
            } catch (IOException e) {
                LOG.debugf("no permissions of %s: %s", folder, e);
            }
        }
        if (!open.isEmpty()) {
            LOG.warnf(
                    "every user of this machine may look into %s, where customers' records are: chmod o-rwx",
                    String.join(", ", open));
        }
    }

    /** Without them records would be taken and never sent, or a bad one would stop its file. */
    private void requireRoute(String file) {
        Path routes = settings.get().get(SettingsTable.ROUTES);
        if (!Files.isReadable(routes.resolve(file))) {
            throw new PreventFurtherStepsException(
                    "relay.routes=" + routes + ": must hold a readable " + file
                            + ", as the folder routes of Vitally Relay" + " does",
                    1);
        }
    }

    void startLanesAndIntegrations(@Observes AfterStart started) throws Exception {
        startLanes();
        boolean noBroker = settings.get().get(SettingsTable.JMS_URL) == null;
        new Integrations(
                        camel, states.get(), sources.get(), route -> noBroker && RoutesWithoutBroker.readsAQueue(route))
                .start(settings.get().get(SettingsTable.ROUTES));
        new Pollers(camel, states.get()).watch();
        if (!withoutBroker.left().isEmpty()) {
            LOG.warnf("relay.jms.url is not set: not started are %s", String.join(", ", withoutBroker.left()));
        }
        letterJobs.get().start();
        done = true;
    }

    private void startLanes() throws Exception {
        for (int lane = 0; lane < settings.get().get(SettingsTable.LANES); lane++) {
            int order = lane + 1;
            TemplatedRouteBuilder.builder(camel, "delivery-lane")
                    .routeId("lane-" + lane)
                    .parameter("lane", lane)
                    // low, so that the lanes are the last to be stopped
                    .handler(template -> template.getRoute().setStartupOrder(order))
                    .add();
        }
    }

    /** Whether sources and lanes run. */
    boolean isDone() {
        return done;
    }
}
