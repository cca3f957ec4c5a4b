package io.vitallyrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files below {@code relay.routes} that look like routes, and that nobody loads because of where they are, or what they are called. */
final class UnloadedRoutes {
    private static final Pattern YAML = Pattern.compile(".*\\.ya?ml");
    private static final Pattern ROUTE = Pattern.compile("(?m)^\\s*(-\\s+)?(route|from)\\s*:");
    private static final int LOOKED_AT = 1 << 20;
    /** A file below this folder belongs to the tests of an integration. */
    private static final String TESTS = "tests";

    private UnloadedRoutes() {}

    /**
     * @param folder of the integration that it was meant for; {@code relay.routes} where it lies in none
     * @param why it is not loaded, with what to do
     */
    record Unloaded(Path folder, Path file, String why) {}

    /** @throws IOException when a folder or a file cannot be read */
    static List<Unloaded> in(Path routes) throws IOException {
        List<Unloaded> unloaded = new ArrayList<>();
        for (Path file : files(routes)) {
            Path below = routes.relativize(file);
            String name = file.getFileName().toString();
            boolean isDeep = below.getNameCount() > 2;
            if ((isDeep || !name.endsWith(Integrations.FILE)) && looksLikeRoutes(file)) {
                unloaded.add(new Unloaded(
                        below.getNameCount() == 1 ? routes : routes.resolve(below.getName(0)),
                        file,
                        isDeep
                                ? "the folder of an integration stands directly below " + routes + ": move it there"
                                : "the name of a file of routes ends in " + Integrations.FILE + ": rename it"));
            }
        }
        return unloaded;
    }

    /** Links are not followed; what is hidden is meant to be. */
    private static List<Path> files(Path routes) throws IOException {
        try (Stream<Path> all = Files.walk(routes)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> isVisible(routes.relativize(file)))
                    .filter(file -> YAML.matcher(file.toString().toLowerCase(Locale.ROOT))
                            .matches())
                    .sorted()
                    .toList();
        }
    }

    private static boolean isVisible(Path below) {
        for (Path name : below) {
            if (name.toString().startsWith(".") || name.toString().equals(TESTS)) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeRoutes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ROUTE.matcher(new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8))
                    .find();
        }
    }
}
