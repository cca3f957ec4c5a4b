package io.vitallyrelay.app;

import io.smallrye.config.SmallRyeConfig;
import io.vitallyrelay.cli.UserCommand;
import io.vitallyrelay.settings.SettingsTable;
import java.io.IOException;
import java.nio.file.Path;

/** The command {@code relay user}, which has to know where the settings put the file. */
public final class UserMain {
    private UserMain() {}

    public static void main(String[] arguments) throws IOException {
        SmallRyeConfig config = Main.config();
        Path file = HttpAccess.file(
                config.getOptionalValue(SettingsTable.HTTP_USERS.key(), Path.class),
                config.getOptionalValue(SettingsTable.DATA.key(), Path.class).orElse(Path.of("data")));
        io.vitallyrelay.cli.Main.run(arguments, new UserCommand(file));
    }
}
