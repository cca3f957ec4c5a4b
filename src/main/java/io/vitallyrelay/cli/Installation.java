package io.vitallyrelay.cli;

import java.io.File;
import java.nio.file.Path;

/** The folder that {@code ./relay} stands in, with what was built there. */
record Installation(Path home) {

    /** As {@code ./relay} told it. */
    static Installation current() {
        return new Installation(Path.of(System.getProperty("relay.home", "")).toAbsolutePath());
    }

    /** The Java that runs this program. */
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Path routes() {
        return home.resolve("routes");
    }

    String serviceJar() {
        return app().resolve("quarkus-run.jar").toString();
    }

    String classPath() {
        return app().resolve("app") + "/*" + File.pathSeparator + app().resolve("lib/main") + "/*";
    }

    /** What the demo needs beyond the service. */
    String demoJars() {
        return home.resolve("target/demo") + "/*";
    }

    private Path app() {
        return home.resolve("target/quarkus-app");
    }
}
