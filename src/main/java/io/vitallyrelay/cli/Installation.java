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
        return home.resolve("target/quarkus-app/quarkus-run.jar").toString();
    }

    String classPath() {
        return String.join(File.pathSeparator, app("app"), app("lib/main"), app("lib/boot"));
    }

    /** What the demo needs beyond the service. */
    String demoJars() {
        return home.resolve("target/demo") + "/*";
    }

    private String app(String jars) {
        return home.resolve("target/quarkus-app").resolve(jars) + "/*";
    }
}
