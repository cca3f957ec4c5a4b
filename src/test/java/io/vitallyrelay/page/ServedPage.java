package io.vitallyrelay.page;

import io.vitallyrelay.process.ProjectRoutes;
import io.vitallyrelay.process.RelayProcess;
import io.vitallyrelay.process.RemembersAccepted;
import io.vitallyrelay.sandbox.Behaviour;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Path;

/** The packaged service with some integrations, and a sandbox that it posts to. Closing it ends both. */
final class ServedPage implements AutoCloseable {
    private final RemembersAccepted accepted = new RemembersAccepted();
    private final Path routes;
    private final Sandbox sandbox;
    private final RelayProcess relay;

    /** Not started yet. */
    ServedPage(Path folder, Behaviour... behaviours) throws IOException {
        routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        for (String integration : new String[] {"accounts-csv", "messages"}) {
            ProjectRoutes.copyIntegration(integration, routes);
        }
        Behaviour[] all = new Behaviour[behaviours.length + 1];
        all[0] = accepted;
        System.arraycopy(behaviours, 0, all, 1, behaviours.length);
        sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN)
                .withLimits(2_000_000, 1_000_000)
                .withBehaviours(all));
        relay = RelayProcess.in(folder)
                .postingTo(sandbox.url())
                .with("RELAY_ROUTES", routes.toString())
                .with("VITALLY_BATCH_WINDOW", "100ms");
    }

    RelayProcess relay() {
        return relay;
    }

    RemembersAccepted accepted() {
        return accepted;
    }

    /** Where the routes can be changed. */
    Path routes() {
        return routes;
    }

    String address() {
        String address = relay.address().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    @Override
    public void close() throws Exception {
        relay.close();
        sandbox.close();
    }
}
