package io.vitallyrelay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands that talk to a running service. Exit status: 0, 1 for a failure, 2 for wrong arguments. */
@Command(
        name = "relay",
        subcommands = {StatusCommand.class, DeadLettersCommand.class, ResetWatermarkCommand.class})
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "shows this help")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    private Main() {}

    public static void main(String[] args) {
        run(args);
    }

    /**
     * Ends this program with the status of the command.
     *
     * @param further commands beside those of this class
     */
    public static void run(String[] args, Object... further) {
        CommandLine commands = new CommandLine(new Main());
        for (Object command : further) {
            commands.addSubcommand(command);
        }
        System.exit(commands.setExecutionExceptionHandler(Main::tell).execute(args));
    }

    /** What a user can act upon is told in one line; anything else is a fault of ours and shows its stack. */
    private static int tell(Exception thrown, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
        if (thrown instanceof CommandException) {
            command.getErr().println("relay: " + thrown.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        }
        throw thrown;
    }
}
