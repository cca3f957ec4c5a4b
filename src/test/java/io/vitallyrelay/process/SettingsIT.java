package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it cannot start with it names once: the key, the value, what is allowed, and neither the token nor a stack trace. */
class SettingsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final URI NOBODY = URI.create("http://127.0.0.1:9/analytics/v1/batch");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "VITALLY_BATCH_SIZE   | 101        | vitally.batch.size=101   | from 1 to 100",
                "VITALLY_BATCH_WINDOW | 0          | vitally.batch.window=0   | from 50ms to 1h",
                "VITALLY_URL          | vitally.io | vitally.url=(hidden)     | absolute http or https URL",
                "VITALLY_URL          |            | vitally.url:             | is required",
                "VITALLY_TOKEN        |            | vitally.token:           | is required",
            })
    void aValueThatIsNotAllowed(String variable, String value, String told, String allowed) throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).postingTo(NOBODY).with(variable, value)) {

            // When
            relay.launch();

            // Then
            assertRefused(relay, told);
            assertThat(relay.output()).contains(allowed);
        }
    }

    @Test
    void aTokenWithALineBreak() throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder)
                .postingTo(NOBODY)
                .with("VITALLY_TOKEN", RelayProcess.TOKEN + "\nsecond-line-of-it")) {

            // When
            relay.launch();

            // Then
            assertRefused(relay, "vitally.token=(hidden)");
            assertThat(relay.output()).contains("visible ASCII characters").doesNotContain("second-line-of-it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vitally.batch.sise", "relay.datta"})
    void aKeyThatIsNoSetting(String key) throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).postingTo(NOBODY)) {
            Files.writeString(relay.workingDirectory().resolve("application.properties"), key + "=1\n");

            // When
            relay.launch();

            // Then
            assertRefused(relay, key + " (application.properties)");
            assertThat(relay.output()).contains("is not a setting, did you mean");
        }
    }

    @Test
    void aPortThatIsTaken() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                RelayProcess relay = RelayProcess.in(folder)
                        .postingTo(NOBODY)
                        .with("QUARKUS_HTTP_PORT", Integer.toString(taken.getLocalPort()))) {

            // When
            relay.launch();

            // Then
            assertRefused(relay, "Port already bound: " + taken.getLocalPort());
            assertThat(relay.output()).contains("QUARKUS_HTTP_PORT");
        }
    }

    @Test
    void dataThatAnotherProcessUses(@TempDir Path folderOfTheSecond) throws Exception {
        // Given
        try (RelayProcess first = RelayProcess.in(folder).postingTo(NOBODY).start();
                RelayProcess second = RelayProcess.in(folderOfTheSecond)
                        .postingTo(NOBODY)
                        .with("RELAY_DATA", folder.resolve("data").toString())) {

            // When
            second.launch();

            // Then
            assertRefused(second, "is in use");
            assertThat(second.output()).contains(folder.resolve("data").toString());
            assertThat(first.sums().read()).isZero();
        }
    }

    @Test
    void itsVersionNeedsNoSettings() throws Exception {
        // Given
        try (RelayProcess relay = RelayProcess.in(folder).with("VITALLY_TOKEN", null)) {

            // When
            relay.launch("--version");

            // Then
            assertThat(relay.awaitExit(SOON)).isZero();
            assertThat(relay.output())
                    .matches("vitally-relay \\d+\\.\\d+\\.\\d+\\S* \\(([0-9a-f]{12}|unknown commit)\\)\\n");
        }
    }

    private static void assertRefused(RelayProcess relay, String told) throws Exception {
        assertThat(relay.awaitExit(SOON)).as("exit status").isNotZero();
        assertThat(relay.output())
                .containsOnlyOnce(told)
                .doesNotContain(RelayProcess.TOKEN)
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
    }
}
