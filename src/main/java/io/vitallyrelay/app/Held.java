package io.vitallyrelay.app;

import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spi.Language;

/** What routes may name: a build holds what was on its class path, and a native executable can be given nothing later. */
final class Held {
    private static volatile String told;

    private Held() {}

    /** Asks while it can be asked: a Camel that could not start is gone when that is told. */
    static void by(CamelContext camel) {
        told = String.join(
                System.lineSeparator(),
                "This build holds the components " + names(camel, Component.class),
                "and the languages " + names(camel, Language.class),
                "and the data formats " + names(camel, DataFormat.class) + ".",
                "For another one, add its dependency to pom.xml and build again.");
    }

    /** Whether a route could not be made because it names something that is not there. */
    static boolean isMissing(Throwable cause) {
        return cause instanceof NoSuchEndpointException
                || cause instanceof NoSuchLanguageException
                || (cause.getMessage() != null && cause.getMessage().startsWith("Data format '"));
    }

    /** A line for each kind of thing. */
    static String told() {
        return told;
    }

    private static String names(CamelContext camel, Class<?> type) {
        return String.join(
                ", ", new TreeSet<>(camel.getRegistry().findByTypeWithName(type).keySet()));
    }
}
