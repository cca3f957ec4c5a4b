package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new integration is a new folder of routes: nothing is built again. */
class RoutesFolderIT {
    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void aFileInTheInboxOfACopiedIntegrationArrives() throws Exception {
        // Given
        Path routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        List<String> route = Files.readAllLines(ProjectRoutes.FOLDER.resolve("messages/messages.camel.yaml")).stream()
                .map(line -> line.replace("id: messages", "id: more-messages")
                        .replace("integration: messages", "integration: more-messages"))
                .toList();
        ProjectRoutes.write(routes, "more-messages", "more-messages.camel.yaml", route);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_ROUTES", routes.toString())
                        .with("VITALLY_BATCH_WINDOW", "100ms")
                        .start()) {

            // When
            relay.drop("more-messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"o1\"}\n");
            relay.awaitSettled(1, 0);

            // Then
            assertThat(accepted.messages())
                    .singleElement()
                    .satisfies(one -> assertThat(
                                    one.message().path("organizationId").textValue())
                            .isEqualTo("o1"));
            assertThat(relay.ledger().path("units"))
                    .singleElement()
                    .satisfies(unit ->
                            assertThat(unit.path("integration").textValue()).isEqualTo("more-messages"));
        }
    }
}
