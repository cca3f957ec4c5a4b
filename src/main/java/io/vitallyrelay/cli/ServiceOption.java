package io.vitallyrelay.cli;

import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the running service listens. */
final class ServiceOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "where the service listens; default: ${DEFAULT-VALUE}")
    private URI url;

    ServiceClient client() {
        if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
            throw new ParameterException(
                    command.commandLine(), "--url " + url + ": must begin with http:// and a host");
        }
        return new ServiceClient(url);
    }
}
