package io.vitallyrelay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of the page is the integration that the test of the routes runs. */
class BrokerPageTest {
    private static final Path PAGE = Path.of("docs/howto/connect-a-broker.md");

    @ParameterizedTest
    @ValueSource(strings = {"users-jms.camel.yaml", "mapping.jq"})
    void showsTheFilesOfTheIntegration(String file) throws IOException {
        // Given
        String indented = Files.readString(Path.of("routes/users-jms", file)).replaceAll("(?m)^(?=.)", "   ");

        // When
        String page = Files.readString(PAGE);

        // Then
        assertThat(page).contains(indented);
    }
}
