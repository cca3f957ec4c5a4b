package io.vitallyrelay.demo;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /** What starts the service with these options: the native executable where {@code ./relay} found a new one, else the jar. */
    List<String> service(List<String> options) {
        String executable = System.getProperty("relay.executable", "");
        List<String> command = new ArrayList<>();
        command.add(executable.isEmpty() ? java() : executable);
        command.addAll(options);
        if (executable.isEmpty()) {
            command.addAll(List.of(
                    "-jar", home.resolve("target/quarkus-app/quarkus-run.jar").toString()));
        }
        return command;
    }

    /** What stands in for Vitally and for the sources, and the service's own classes. */
    String classPath() {
        return String.join(
                File.pathSeparator,
                home.resolve("target/test-classes").toString(),
                app("app"),
                app("lib/main"),
                app("lib/boot"));
    }

    /** The jars that the demo needs beyond the service. */
    String demoJars() {
        return home.resolve("target/demo") + "/*";
    }

    private String app(String jars) {
        return home.resolve("target/quarkus-app").resolve(jars) + "/*";
    }
}
