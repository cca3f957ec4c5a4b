package io.vitallyrelay.app;

import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * {@code application.properties} in the working directory and, below it, that of the installation, the folder which the property
 * {@value #INSTALLATION} names; both above the packaged one and below environment and system. Routes that the working directory does not have are those of
 * the installation.
 */
public final class SettingsFiles implements ConfigSourceProvider {
    static final String INSTALLATION = "vitally-relay.home";

    private static final String FILE = "application.properties";
    private static final String ROUTES = "relay.routes";
    private static final String DEFAULT_ROUTES = "routes";

    private static final int OF_WORKING_DIRECTORY = 260;
    private static final int OF_INSTALLATION = 255;

    /** Looks at the working directory and the property only now: a native executable may have made this object at its build. */
    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
        return sources(
                Path.of(""),
                Optional.ofNullable(System.getProperty(INSTALLATION)).map(Path::of));
    }

    static List<ConfigSource> sources(Path workingDirectory, Optional<Path> installation) {
        UnaryOperator<String> existing = routes -> existing(routes, workingDirectory, installation);
        List<ConfigSource> sources = new ArrayList<>();
        sources.add(source(workingDirectory, read(workingDirectory), OF_WORKING_DIRECTORY, existing));
        installation.ifPresent(home -> {
            Map<String, String> installed = read(home);
            installed.putIfAbsent(ROUTES, DEFAULT_ROUTES);
            sources.add(source(home, installed, OF_INSTALLATION, existing));
        });
        return sources;
    }

    private static Map<String, String> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return new HashMap<>();
        }
        try {
            return new HashMap<>(new PropertiesConfigSource(file.toUri().toURL()).getProperties());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath(), e);
        }
    }

    private static ConfigSource source(
            Path folder, Map<String, String> settings, int ordinal, UnaryOperator<String> existing) {
        settings.computeIfPresent(ROUTES, (key, routes) -> existing.apply(routes));
        return new PropertiesConfigSource(settings, folder.resolve(FILE).toString(), ordinal);
    }

    /** The folder itself where the working directory, or nothing, has it. */
    private static String existing(String routes, Path workingDirectory, Optional<Path> installation) {
        try {
            if (Files.isDirectory(workingDirectory.resolve(routes))) {
                return routes;
            }
            return installation
                    .map(home -> home.resolve(routes))
                    .filter(Files::isDirectory)
                    .map(Path::toString)
                    .orElse(routes);
        } catch (InvalidPathException e) {
            return routes; // refused with the other settings
        }
    }
}
