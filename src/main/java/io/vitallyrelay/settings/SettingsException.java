package io.vitallyrelay.settings;

import java.util.List;

/** The settings cannot be used. The message lists every problem on a line of its own and holds no secret. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SettingsException(List<String> problems) {
        super("The settings cannot be used:\n" + String.join("\n", problems));
    }
}
