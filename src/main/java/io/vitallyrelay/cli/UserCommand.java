package io.vitallyrelay.cli;

import io.vitallyrelay.users.UserFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who may log in. It changes the file of users, which a running service reads again by itself. */
@Command(
        name = "user",
        description = {
            "Adds, lists and removes those who may log in; a running service takes note at once.",
            "Run it as the user of the service, who has to be able to read the file."
        },
        subcommands = {AddUserCommand.class, ListUsersCommand.class, RemoveUserCommand.class})
public final class UserCommand implements Runnable {
    private final Path ofSettings;

    @Spec
    private CommandSpec command;

    /** @param ofSettings the file that the settings name */
    public UserCommand(Path ofSettings) {
        this.ofSettings = ofSettings;
    }

    /** The file that is meant. */
    static final class FileOption {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "the file of users; default: as relay.http.users or relay.data says in this folder")
        private Path file;

        UserFile in(UserCommand settings) {
            return new UserFile(file == null ? settings.ofSettings : file);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "say what to do: add, list or remove");
    }
}
