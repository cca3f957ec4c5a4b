package io.vitallyrelay.cli;

import picocli.CommandLine.Command;

/** Dead letters of a running service; without a command of its own, lists them. */
@Command(
        name = "dead-letters",
        description =
                "Lists the dead letters of a running service, oldest first, or does with them what a command says.",
        subcommands = {
            ListCommand.class,
            GroupsCommand.class,
            ShowCommand.class,
            ReplayCommand.class,
            DiscardCommand.class,
            ExportCommand.class
        })
final class DeadLettersCommand extends ListLetters {}
