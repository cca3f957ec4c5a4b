package io.vitallyrelay.cli;

import io.vitallyrelay.users.PasswordHash;
import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFile;
import io.vitallyrelay.users.UserFileException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes a user, or gives one another password and role. */
@Command(
        name = "add",
        description = {
            "Adds a user, or gives one another password and role, which ends their sessions.",
            "The password is asked for on the terminal and never stands on the command line."
        })
final class AddUserCommand implements Callable<Integer> {
    private static final int SHORTEST = 8;
    private static final int LONGEST = 1000;

    @ParentCommand
    private UserCommand settings;

    @Spec
    private CommandSpec command;

    @Mixin
    private UserCommand.FileOption file;

    @Parameters(paramLabel = "NAME", description = "letters, digits and . _ @ + -")
    private String name;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            required = true,
            description = "viewer, who reads, or operator, who replays, discards, holds and releases too")
    private String role;

    @Option(names = "--password-stdin", description = "reads the password from standard input, which is one line")
    private boolean fromInput;

    @Override
    public Integer call() throws CommandException, IOException {
        Role meant = Role.ofWord(role)
                .orElseThrow(() -> new ParameterException(command.commandLine(), "--role must be viewer or operator"));
        try {
            User.requireName(name);
            UserFile users = file.in(settings);
            boolean isNew = users.read().find(name).isEmpty();
            char[] password = fromInput ? line() : asked();
            requireLength(password);
            users.put(new User(name, meant, PasswordHash.of(password)));
            Arrays.fill(password, ' ');
            System.out.println(name + (isNew ? " is added to " : " has another password or role in ") + users.path()
                    + ", as " + meant.word());
            return 0;
        } catch (IllegalArgumentException | UserFileException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException("the file of users cannot be written: " + e, e);
        }
    }

    private static char[] line() throws IOException {
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        return line == null ? new char[0] : line.toCharArray();
    }

    private char[] asked() throws CommandException {
        Console console = System.console();
        if (console == null) {
            throw CommandException.wrongArguments(
                    "the password is asked for on a terminal, and there is none: --password-stdin reads it");
        }
        char[] first = console.readPassword("Password of %s: ", name);
        char[] again = console.readPassword("Again: ");
        if (!Arrays.equals(first, again)) {
            throw new CommandException("these are two passwords: nothing is changed");
        }
        return first == null ? new char[0] : first;
    }

    private static void requireLength(char[] password) throws CommandException {
        if (password.length < SHORTEST || password.length > LONGEST) {
            throw new CommandException("a password must have " + SHORTEST + " to " + LONGEST + " characters, and has "
                    + password.length + ": nothing is changed");
        }
    }
}
