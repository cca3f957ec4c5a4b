package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where messages trickle, a batch is sent when its first message is as old as the window, however many follow it. */
class WindowIT {
    private static final Duration WINDOW = Duration.ofSeconds(3);
    private static final Duration GRANULARITY = Duration.ofMillis(100);
    private static final Duration SCHEDULING = Duration.ofMillis(700);
    private static final int TICKS = 8;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** A message a second, all in one lane, which says when it was made. */
    private static final List<String> TICKS_ROUTE = List.of(
            "- route:",
            "    id: ticks",
            "    from:",
            "      uri: timer:ticks",
            "      parameters:",
            "        period: 1000",
            "        repeatCount: " + TICKS,
            "      steps:",
            "        - setBody:",
            "            simple: >-",
            "              {\"type\":\"track\",\"event\":\"tick\",\"userId\":\"u\",\"accountId\":\"a\",",
            "              \"properties\":{\"at\":\"${date-with-timezone:now:UTC:yyyy-MM-dd HH:mm:ss.SSS}\"}}",
            "        - to: kamelet:vitally-sink");

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    @Test
    void noMessageOfATrickleWaitsLongerThanTheWindow() throws Exception {
        // Given
        Path routes = ProjectRoutes.copyCommonTo(folder.resolve("routes"));
        ProjectRoutes.write(routes, "ticks", "ticks.camel.yaml", TICKS_ROUTE);
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(sandbox.url())
                        .with("RELAY_ROUTES", routes.toString())
                        .with("VITALLY_BATCH_WINDOW", WINDOW.toSeconds() + "s")) {

            // When
            relay.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> accepted.count() == TICKS);

            // Then
            assertThat(accepted.messages())
                    .extracting(WindowIT::ageOnArrival)
                    .allSatisfy(age -> assertThat(age)
                            .isLessThanOrEqualTo(WINDOW.plus(GRANULARITY).plus(SCHEDULING)))
                    .anySatisfy(age -> assertThat(age).isGreaterThanOrEqualTo(WINDOW));
            assertThat(sandbox.counts().batches()).isLessThan(TICKS);
        }
    }

    private static Duration ageOnArrival(Accepted message) {
        String made = message.message().path("properties").path("at").textValue();
        return Duration.between(LocalDateTime.parse(made, TIME).toInstant(ZoneOffset.UTC), message.at());
    }
}
