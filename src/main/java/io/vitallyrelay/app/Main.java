package io.vitallyrelay.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vitallyrelay.settings.SettingsException;
import io.vitallyrelay.spool.SpoolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.quarkus.main.CamelMainApplication;

/**
 * Starts the service. Settings are checked before anything else starts, and what keeps the service from starting is said in
 * words, without a stack trace.
 */
@QuarkusMain
public final class Main {
    private static final int PACKAGED = 250;

    private Main() {}

    public static void main(String... arguments) throws IOException {
        if (List.of(arguments).contains("--version")) {
            System.out.println(version());
            return;
        }
        try {
            SmallRyeConfig config = config();
            HttpAccess.problem(ConfiguredSettings.read(config), host(config)).ifPresent(problem -> {
                System.err.println("The service cannot start:\n" + problem);
                System.exit(1);
            });
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        Quarkus.run(CamelMainApplication.class, Main::end, arguments);
    }

    private static String version() throws IOException {
        try (InputStream in = Main.class.getResourceAsStream("/version.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static String host(SmallRyeConfig config) {
        return config.getOptionalValue("quarkus.http.host", String.class).orElse("0.0.0.0");
    }

    /** The sources that Quarkus will read, which is not there yet. */
    static SmallRyeConfig config() throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDefaultSources()
                .addDiscoveredSources()
                .withProfile("prod");
        URL packaged = Main.class.getResource("/application.properties");
        if (packaged != null) {
            builder.withSources(new PropertiesConfigSource(packaged, PACKAGED));
        }
        return builder.build();
    }

    private static void end(int code, Throwable failure) {
        if (failure != null) {
            explain(failure, System.err);
        }
        System.exit(code);
    }

    /** Each cause once: a mere wrapper repeats what it wraps. */
    private static void explain(Throwable failure, PrintStream out) {
        Set<String> said = new LinkedHashSet<>();
        boolean portTaken = false;
        boolean missing = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            portTaken |= cause instanceof BindException;
            missing |= KnownComponents.isMissing(cause);
            String message = cause.getMessage();
            if (cause instanceof SpoolException) {
                // it says what to do: what lies behind it would stand below that, and be what is read
                said.add(message);
                break;
            }
            if (message != null
                    && (cause.getCause() == null
                            || !message.equals(cause.getCause().toString()))) {
                said.add(message);
            }
        }
        out.println("The service cannot start:");
        said.forEach(out::println);
        if (missing) {
            out.println(KnownComponents.told());
        }
        if (portTaken) {
            out.println("Give the HTTP interface a free port: quarkus.http.port, or QUARKUS_HTTP_PORT.");
        }
    }
}
