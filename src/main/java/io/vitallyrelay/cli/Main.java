package io.vitallyrelay.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;

/** The commands that talk to a running service. Exit status: 0, 1 for a failure, 2 for wrong arguments, 3 where nothing answers, 4 for what is not allowed. */
@Command(
        name = "relay",
        subcommands = {
            StatusCommand.class,
            HoldCommand.class,
            ReleaseCommand.class,
            DeadLettersCommand.class,
            JobsCommand.class,
            ResetWatermarkCommand.class
        })
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
        System.exit(commands(further).execute(args));
    }

    static CommandLine commands(Object... further) {
        CommandLine commands = new CommandLine(new Main());
        for (Object command : further) {
            commands.addSubcommand(command);
        }
        return commands.setExecutionExceptionHandler(Main::tell).setExecutionStrategy(Main::execute);
    }

    /** An option before a command belongs to nobody: a filter there would not keep {@code discard --all} from anything. */
    private static int execute(ParseResult all) {
        Integer helped = CommandLine.executeHelpRequest(all);
        if (helped != null) {
            return helped;
        }
        ParseResult parsed = all;
        while (parsed.hasSubcommand()) {
            ParseResult inner = parsed.subcommand();
            if (!parsed.matchedOptions().isEmpty()) {
                throw new ParameterException(
                        inner.commandSpec().commandLine(),
                        parsed.matchedOptions().get(0).longestName() + " must stand behind "
                                + inner.commandSpec().name());
            }
            parsed = inner;
        }
        return new RunLast().execute(all);
    }

    /** What a user can act upon is told in one line; anything else is a fault of ours and shows its stack. */
    private static int tell(Exception thrown, CommandLine command, ParseResult arguments) throws Exception {
        if (thrown instanceof CommandException told) {
            command.getErr().println("relay: " + told.getMessage());
            return told.exitStatus();
        }
        throw thrown;
    }
}
