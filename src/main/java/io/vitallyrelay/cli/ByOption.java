package io.vitallyrelay.cli;

import picocli.CommandLine.Option;

/** Who gives the command, as the audit of the service keeps it. */
final class ByOption {
    @Option(
            names = "--by",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "who does it, for the audit; default: the name of the user, ${DEFAULT-VALUE}")
    private String name;

    String name() {
        return name;
    }
}
