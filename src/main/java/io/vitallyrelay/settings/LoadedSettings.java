package io.vitallyrelay.settings;

import java.util.List;

/**
 * Settings that passed every check, and what an operator should still be told.
 *
 * @param settings the checked settings
 * @param warnings one line each, free of secrets
 */
public record LoadedSettings(Settings settings, List<String> warnings) {
    public LoadedSettings {
        warnings = List.copyOf(warnings);
    }
}
