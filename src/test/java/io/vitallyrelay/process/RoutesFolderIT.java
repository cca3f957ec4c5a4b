package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "- to: ftp:host/inbox         | ftp",
                "- setBody: {groovy: '1'}     | groovy",
                "- marshal: {csv: {}}         | csv",
            })
    void aRouteThatNamesWhatIsNotThereIsToldWhatIs(String step, String missing) throws Exception {
        // Given
        Path routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        ProjectRoutes.write(
                routes,
                "other",
                "other.camel.yaml",
                List.of(
                        "- route:",
                        "    id: other",
                        "    from:",
                        "      uri: direct:other",
                        "      steps:",
                        "        " + step));
        try (RelayProcess relay = RelayProcess.in(folder)
                .postingTo(URI.create("http://127.0.0.1:9/"))
                .with("RELAY_ROUTES", routes.toString())) {

            // When
            relay.launch().awaitAddress();

            // Then
            var unused = relay.awaitOutput(Pattern.compile("other is not started, the other integrations are"));
            assertThat(relay.output())
                    .contains(
                            "Failed to create route: other",
                            missing,
                            "This build holds the components",
                            "file, http, https, jms")
                    .doesNotContain("\tat ");
        }
    }
}
