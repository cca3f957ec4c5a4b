package io.vitallyrelay.settings;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** The service's settings, which {@link SettingsReader} checked. Immutable, so safe for use by several threads. */
public final class Settings {
    private final Map<Setting<?>, Object> values;
    private final Map<String, String> shown;
    private final SSLContext tls;
    private final Map<String, DataSourceSettings> dataSources;
    private final List<String> warnings;

    Settings(
            Map<Setting<?>, Object> values,
            Map<String, String> shown,
            SSLContext tls,
            Map<String, DataSourceSettings> dataSources,
            List<String> warnings) {
        this.values = values;
        this.shown = shown;
        this.tls = tls;
        this.dataSources = Map.copyOf(dataSources);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * The value of a setting of the {@link SettingsTable}.
     *
     * @return {@code null} for none, and for {@value TimeSpan#FOREVER}
     */
    @SuppressWarnings("unchecked") // the reader puts what the setting's kind made
    public <T> T get(Setting<T> setting) {
        return (T) values.get(setting);
    }

    /** What a setting is, without secrets. */
    public String shown(Setting<?> setting) {
        return shown.get(setting.key());
    }

    /** How https connections to Vitally are made. */
    public SSLContext tls() {
        return tls;
    }

    /** The databases, by their names. */
    public Map<String, DataSourceSettings> dataSources() {
        return dataSources;
    }

    /** What an operator should still be told, one line each, without secrets. */
    public List<String> warnings() {
        return warnings;
    }

    /** All settings by their keys, without secrets. */
    @Override
    public String toString() {
        return "Settings" + shown;
    }
}
