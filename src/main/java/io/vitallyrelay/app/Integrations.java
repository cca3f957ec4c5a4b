package io.vitallyrelay.app;

import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import io.vitallyrelay.source.file.InboxInUseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jboss.logging.Logger;

/**
 * Loads and starts the integrations, the folders below {@code relay.routes}, each by itself: where a route or mapping is
 * wrong, none of the routes of its folder runs, and the others do.
 */
final class Integrations {
    private static final Logger LOG = Logger.getLogger(Integrations.class);
    static final String FILE = ".camel.yaml";
    private static final String KAMELET = "kamelet:";
    private static final Pattern SHARED = Pattern.compile("kamelet:(//)?source");
    private static final Pattern BARE_ROUTE = Pattern.compile("(?m)^(route|from)\\s*:");
    /** Characters of a reason: a parser lists all that it would have taken. */
    private static final int LONGEST = 300;

    private final CamelContext camel;
    private final SourceStates states;
    private final Sources sources;
    private final Predicate<RouteDefinition> leftOut;
    private final NotYet notYet = new NotYet();

    /** @param leftOut the routes that are made and not started */
    Integrations(CamelContext camel, SourceStates states, Sources sources, Predicate<RouteDefinition> leftOut) {
        this.camel = camel;
        this.states = states;
        this.sources = sources;
        this.leftOut = leftOut;
    }

    /**
     * Starts reading when all are loaded: only then is it known what nobody reads.
     *
     * @throws IOException when the folder cannot be listed
     */
    void start(Path routes) throws IOException {
        tellUnloaded(routes);
        model().addModelLifecycleStrategy(notYet);
        List<Loaded> loaded = new ArrayList<>();
        for (Path folder : listed(routes, Files::isDirectory)) {
            Set<String> others = ids();
            if (load(folder, others)) {
                loaded.add(new Loaded(folder, idsBut(others)));
                added(others).forEach(route -> ReadSource.of(route).ifPresent(read -> read.addTo(sources)));
            }
        }
        startShared();
        for (Loaded one : loaded) {
            Set<String> others = idsBut(one.routes);
            try {
                startAllBut(others);
            } catch (Exception | LinkageError | StackOverflowError e) {
                stopAllBut(others, one.folder, e);
            }
        }
        notYet.isOver = true;
    }

    /** A folder of which nothing is loaded is an integration that somebody waits for. */
    private void tellUnloaded(Path routes) throws IOException {
        for (UnloadedRoutes.Unloaded each : UnloadedRoutes.in(routes)) {
            LOG.errorf("%s looks like a route and is not loaded: %s", each.file(), each.why());
            if (!each.folder().equals(routes)
                    && listed(each.folder(), file -> file.toString().endsWith(FILE))
                            .isEmpty()) {
                String name = each.folder().getFileName().toString();
                sources.add(name);
                states.ended(name, "routes", routes.relativize(each.file()) + " is not loaded: " + each.why());
            }
        }
    }

    /** @param routes the ids of those that the files of the folder made */
    private record Loaded(Path folder, Set<String> routes) {}

    /** A Kamelet that several integrations use in the same way has one route, made for the first of them, right or wrong. */
    private void startShared() {
        for (RouteDefinition route : added(Set.of())) {
            if (isShared(route)) {
                try {
                    camel.getRouteController().startRoute(route.getRouteId());
                } catch (Exception e) {
                    LOG.debugf(e, "%s cannot be started, nor can what uses it", route.getRouteId());
                }
            }
        }
    }

    private static boolean isShared(RouteDefinition route) {
        return SHARED.matcher(route.getInput().getEndpointUri()).lookingAt();
    }

    private boolean load(Path folder, Set<String> others) throws IOException {
        Path at = folder;
        try {
            for (Path file : listed(folder, file -> file.toString().endsWith(FILE))) {
                at = file;
                load(file);
            }
            return true;
        } catch (Exception | LinkageError | StackOverflowError e) {
            stopAllBut(others, at, e);
            return false;
        }
    }

    private void load(Path file) throws Exception {
        requireList(file);
        RoutesLoader loader = PluginHelper.getRoutesLoader(camel);
        var resource = ResourceHelper.resolveMandatoryResource(camel, "file:" + file);
        for (RoutesBuilder builder : loader.findRoutesBuilders(resource)) {
            if (builder instanceof RouteBuilder routes) {
                for (RouteDefinition route : routes.configureRoutes(camel).getRoutes()) {
                    // Camel would put it in place of the other one
                    if (route.getId() != null && model().getRouteDefinition(route.getId()) != null) {
                        throw new IllegalArgumentException(
                                "the id " + route.getId() + " is that of another route. Each needs one of its own");
                    }
                }
            }
            camel.addRoutes(builder);
        }
    }

    /** Camel loads nothing of a file that begins with the route itself, and says nothing. */
    private static void requireList(Path file) throws IOException {
        Matcher bare = BARE_ROUTE.matcher(Files.readString(file));
        if (bare.find()) {
            throw new IllegalArgumentException("'" + bare.group(1)
                    + ":' stands alone, and is not loaded so: a file of routes is a list, with '- route:' before each");
        }
    }

    /** Those that read a source come last: what they hand their records to is there by then. */
    private void startAllBut(Set<String> others) throws Exception {
        Set<String> started = new HashSet<>(others);
        for (boolean sources : new boolean[] {false, true}) {
            // a Kamelet may make its route only when the one that uses it is started
            for (RouteDefinition next = next(started, sources); next != null; next = next(started, sources)) {
                started.add(next.getRouteId());
                if (!leftOut.test(next) && !notYet.staysStopped(next)) {
                    camel.getRouteController().startRoute(next.getRouteId());
                }
            }
        }
    }

    private RouteDefinition next(Set<String> started, boolean sources) {
        return added(started).stream()
                .filter(route -> sources != route.getInput().getEndpointUri().startsWith(KAMELET))
                .findFirst()
                .orElse(null);
    }

    /** @param at the file or folder with the mistake */
    private void stopAllBut(Set<String> others, Path at, Throwable failure) {
        // not removed: Camel would stop what others share with them
        for (RouteDefinition route : added(others)) {
            if (!isShared(route)) {
                stop(route.getRouteId());
            }
        }
        InboxInUseException inUse = inUse(failure);
        if (inUse != null) {
            throw inUse;
        }
        Path folder = Files.isDirectory(at) ? at : at.getParent();
        String name = folder.getFileName().toString();
        sources.add(name);
        if (states.ended(name, "routes", at.getFileName() + ": " + said(failure))) {
            LOG.errorf(
                    "%s is not started, the other integrations are: %s: %s. Correct it, and start the service again.%s",
                    name, at, said(failure), missing(failure));
        }
    }

    private void stop(String id) {
        try {
            camel.getRouteController().stopRoute(id);
        } catch (Exception e) {
            LOG.warnf("the route %s cannot be stopped: %s", id, e);
        }
    }

    private List<RouteDefinition> added(Set<String> before) {
        return model().getRouteDefinitions().stream()
                .filter(route -> !before.contains(route.getRouteId()))
                .toList();
    }

    private Set<String> ids() {
        return idsBut(Set.of());
    }

    private Set<String> idsBut(Set<String> these) {
        return added(these).stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private static List<Path> listed(Path folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        }
    }

    private static InboxInUseException inUse(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InboxInUseException inUse) {
                return inUse;
            }
        }
        return null;
    }

    /** The innermost cause, and the outermost, which says where. */
    private static String said(Throwable failure) {
        Set<String> said = new LinkedHashSet<>();
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        said.add(oneLine(cause.getMessage() == null ? cause.toString() : cause.getMessage()));
        if (failure.getMessage() != null) {
            said.add(oneLine(failure.getMessage()));
        }
        return String.join("; ", said);
    }

    private static String oneLine(String message) {
        String line = message.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static String missing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (KnownComponents.isMissing(cause)) {
                return " " + KnownComponents.told();
            }
        }
        return "";
    }

    /** No route of an integration starts, nor one that a Kamelet makes for it, before all of its folder is loaded. */
    private static final class NotYet extends ModelLifecycleStrategySupport {
        private final Set<String> stopped = new HashSet<>();
        private volatile boolean isOver;

        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            // a shared one reads no source by itself
            if (!isOver && !isShared(route)) {
                if ("false".equals(route.getAutoStartup())) {
                    stopped.add(route.getRouteId());
                }
                route.autoStartup(false);
            }
        }

        /** Whether its file says so. */
        boolean staysStopped(RouteDefinition route) {
            return stopped.contains(route.getRouteId());
        }
    }
}
