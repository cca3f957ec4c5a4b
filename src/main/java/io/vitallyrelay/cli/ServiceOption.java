package io.vitallyrelay.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the running service listens, and who asks it. */
final class ServiceOption {
    private static final String VARIABLE = "RELAY_PASSWORD";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "where the service listens; default: ${DEFAULT-VALUE}")
    private URI url;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "who logs in, where the service has users; the password is in the variable " + VARIABLE)
    private String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the password of --user is the first line of this file")
    private Path passwordFile;

    ServiceClient client() {
        if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
            throw wrong("--url " + url + ": must begin with http:// and a host");
        }
        if (user == null) {
            return new ServiceClient(url);
        }
        if (url.getScheme().equals("http") && !url.getHost().matches("localhost|127\\..*|\\[::1]")) {
            command.commandLine()
                    .getErr()
                    .println("relay: --url is not https: others can read the password on the way");
        }
        return ServiceClient.of(url, user, password());
    }

    private String password() {
        if (passwordFile == null) {
            String password = System.getenv(VARIABLE);
            if (password == null || password.isEmpty()) {
                throw wrong("--user needs the password in the variable " + VARIABLE + " or in --password-file");
            }
            return password;
        }
        try {
            return Files.readString(passwordFile).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw wrong("--password-file " + passwordFile + ": cannot be read: " + e);
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(command.commandLine(), why);
    }
}
