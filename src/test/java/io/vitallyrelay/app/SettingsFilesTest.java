package io.vitallyrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFilesTest {
    @TempDir
    private Path working;

    @TempDir
    private Path installation;

    @BeforeEach
    void installRoutes() throws IOException {
        Files.createDirectory(installation.resolve("routes"));
    }

    @Test
    void theWorkingDirectoryGoesBeforeTheInstallation() throws IOException {
        // Given
        write(installation, "vitally.lanes=3\nvitally.batch.size=7\n");
        write(working, "vitally.lanes=5\n");

        // When
        SmallRyeConfig config = read(Optional.of(installation));

        // Then
        assertThat(config.getValue("vitally.lanes", String.class)).isEqualTo("5");
        assertThat(config.getValue("vitally.batch.size", String.class)).isEqualTo("7");
    }

    @Test
    void withoutAnInstallationTheWorkingDirectoryIsAll() throws IOException {
        // Given
        write(working, "relay.routes=routes\n");

        // When
        SmallRyeConfig config = read(Optional.empty());

        // Then
        assertThat(config.getValue("relay.routes", String.class)).isEqualTo("routes");
    }

    @Test
    void routesOfTheInstallationAreTakenWhereNothingIsSaid() {
        assertThat(routes()).isEqualTo(installation.resolve("routes").toString());
    }

    @Test
    void routesOfTheInstallationAreTakenWhereACopyOfItsSettingsHasNone() throws IOException {
        // Given
        write(working, "relay.routes=routes\n");

        // Then
        assertThat(routes()).isEqualTo(installation.resolve("routes").toString());
    }

    @Test
    void routesOfTheWorkingDirectoryGoBeforeThoseOfTheInstallation() throws IOException {
        // Given
        write(installation, "relay.routes=routes\n");
        Files.createDirectory(working.resolve("routes"));

        // Then
        assertThat(routes()).isEqualTo("routes");
    }

    @Test
    void routesThatNobodyHasStayToBeRefused() throws IOException {
        // Given
        write(working, "relay.routes=nowhere\n");

        // Then
        assertThat(routes()).isEqualTo("nowhere");
    }

    private String routes() {
        return read(Optional.of(installation)).getValue("relay.routes", String.class);
    }

    private SmallRyeConfig read(Optional<Path> home) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
        for (ConfigSource source : SettingsFiles.sources(working, home)) {
            builder.withSources(source);
        }
        return builder.build();
    }

    private static void write(Path folder, String settings) throws IOException {
        Files.writeString(folder.resolve("application.properties"), settings);
    }
}
