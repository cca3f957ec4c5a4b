package io.vitallyrelay.cli;

import picocli.CommandLine.Command;

@Command(name = "list", description = "Lists dead letters, oldest first; so does dead-letters alone.")
final class ListCommand extends ListLetters {}
