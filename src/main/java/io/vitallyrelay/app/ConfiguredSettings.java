package io.vitallyrelay.app;

import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsReader;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/** Reads the settings out of the configuration. */
final class ConfiguredSettings {
    private ConfiguredSettings() {}

    /** @throws io.vitallyrelay.settings.SettingsException when one of them cannot be used */
    static Settings read(Config config) {
        Map<String, String> configured = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            configured.put(name, shortName(config.getConfigValue(name).getSourceName()));
        }
        return SettingsReader.read(key -> config.getOptionalValue(key, String.class), configured);
    }

    private static String shortName(String source) {
        if (source == null) {
            return "unknown";
        }
        if (source.contains("application.properties")) {
            return "application.properties";
        }
        return source.startsWith("SysProp") ? "system property" : source;
    }
}
