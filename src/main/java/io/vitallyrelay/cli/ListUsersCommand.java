package io.vitallyrelay.cli;

import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "Lists those who may log in.")
final class ListUsersCommand implements Callable<Integer> {
    @ParentCommand
    private UserCommand settings;

    @Mixin
    private UserCommand.FileOption file;

    @Override
    public Integer call() throws CommandException {
        try {
            TextTable table = new TextTable("user", "role");
            for (User user : file.in(settings).read().all()) {
                table.add(user.name(), user.role().word());
            }
            System.out.println(table);
            return 0;
        } catch (UserFileException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
