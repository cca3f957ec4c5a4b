package io.vitallyrelay.cli;

import io.vitallyrelay.users.UserFile;
import io.vitallyrelay.users.UserFileException;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "remove", description = "Removes a user, whose sessions end at once.")
final class RemoveUserCommand implements Callable<Integer> {
    @ParentCommand
    private UserCommand settings;

    @Mixin
    private UserCommand.FileOption file;

    @Parameters(paramLabel = "NAME", description = "whom to remove")
    private String name;

    @Override
    public Integer call() throws CommandException {
        UserFile users = file.in(settings);
        try {
            if (!users.remove(name)) {
                throw new CommandException("there is no user " + TextTable.printable(name) + " in " + users.path());
            }
            System.out.println(name + " is removed from " + users.path());
            return 0;
        } catch (UserFileException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandException("the file of users cannot be written: " + e, e);
        }
    }
}
