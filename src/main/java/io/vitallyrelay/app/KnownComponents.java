package io.vitallyrelay.app;

import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;

/** What routes may name: a build holds what was on its class path, and a native executable can be given nothing later. */
final class KnownComponents {
    private static volatile String told;

    private KnownComponents() {}

    /** Asks while it can be asked: a Camel that could not start is gone when that is told. */
    static void by(CamelContext camel) {
        Set<String> components = new TreeSet<>(
                camel.getRegistry().findByTypeWithName(Component.class).keySet());
        told = "This build holds the components " + String.join(", ", components) + ".\nFor another one, or for another"
                + " language or data format, add its dependency to pom.xml and build again.";
    }

    /** Whether a route could not be made because it names something that is not there. */
    static boolean isMissing(Throwable cause) {
        return cause instanceof NoSuchEndpointException
                || cause instanceof NoSuchLanguageException
                || (cause.getMessage() != null && cause.getMessage().startsWith("Data format '"));
    }

    /** What there is instead, and how there can be more. */
    static String told() {
        return told;
    }
}
