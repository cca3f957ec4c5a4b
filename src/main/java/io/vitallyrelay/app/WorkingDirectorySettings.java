package io.vitallyrelay.app;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/** {@code application.properties} in the working directory, above the packaged one and below environment and system. */
public final class WorkingDirectorySettings implements ConfigSourceProvider {
    private static final int ABOVE_PACKAGED = 260;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        Path file = Path.of("application.properties");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return List.of(new PropertiesConfigSource(file.toUri().toURL(), ABOVE_PACKAGED));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath(), e);
        }
    }
}
