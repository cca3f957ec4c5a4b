package io.vitallyrelay.app;

import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.users.UserFile;
import io.vitallyrelay.users.UserFileException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether the HTTP interface may be opened as it is set up: to others than this machine only where they have to log in. */
final class HttpAccess {
    private static final String USERS = "users";

    private HttpAccess() {}

    static UserFile users(Settings settings) {
        return new UserFile(
                file(Optional.ofNullable(settings.get(SettingsTable.HTTP_USERS)), settings.get(SettingsTable.DATA)));
    }

    /** @param users where the setting names one */
    static Path file(Optional<Path> users, Path data) {
        return users.orElse(data.resolve(USERS));
    }

    /**
     * @param host where it is to listen
     * @return why it may not, in words
     */
    static Optional<String> problem(Settings settings, String host) {
        UserFile file = users(settings);
        try {
            return file.read().isEmpty() && !isOfThisMachineAlone(host)
                    ? Optional.of("quarkus.http.host=" + host + ": others than this machine reach that address, and"
                            + " nobody would have to log in, as there are no users in " + file.path()
                            + ".\nMake one with `./relay user add NAME --role operator`, or listen at 127.0.0.1,"
                            + " localhost or ::1, where no login is needed.")
                    : Optional.empty();
        } catch (UserFileException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static boolean isOfThisMachineAlone(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
