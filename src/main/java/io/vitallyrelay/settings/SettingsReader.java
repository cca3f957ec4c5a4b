package io.vitallyrelay.settings;

import static io.vitallyrelay.settings.SettingsTable.*;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Reads and checks all settings at once, so that an operator sees every problem at the first start. */
public final class SettingsReader {
    private final Function<String, Optional<String>> lookup;
    private final Map<String, String> configured;
    private final Map<Setting<?>, Object> values = new LinkedHashMap<>();
    private final Map<String, DataSourceGroup> dataSources = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingsReader(Function<String, Optional<String>> lookup, Map<String, String> configured) {
        this.lookup = lookup;
        this.configured = configured;
    }

    /**
     * Reads the settings. An absent or empty value means the default.
     *
     * @param lookup the value of a key, whichever source it is from
     * @param configured every configured name, keys and environment variables alike, with the name of the source its
     *     value is from; other names than those of this service are ignored
     * @throws SettingsException where anything is wrong; its message lists all of it
     */
    public static Settings read(Function<String, Optional<String>> lookup, Map<String, String> configured) {
        return new SettingsReader(lookup, configured).read();
    }

    private Settings read() {
        SettingsTable.ALL.forEach(this::readOne);
        for (String name : DataSourceGroup.namesIn(configured.keySet())) {
            dataSources.put(name, DataSourceGroup.of(name));
        }
        dataSources.values().forEach(group -> group.all().forEach(this::readOne));
        checkBatchHoldsAMessage();
        checkRetryWaitsGrow();
        checkTotalTimeoutIsTheLongest();
        SSLContext tls = tls();
        checkBrokerSpeaksTheProtocol();
        UnknownNames unknown = new UnknownNames(configured, dataSources.values());
        problems.addAll(unknown.problems());
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
        if (HttpUrl.isReadableOnTheWay(value(URL))) {
            warnings.add("vitally.url (" + source(URL) + "): is not https, so that others can read the token");
        }
        warnings.addAll(unknown.warnings());
        return new Settings(values, shown(), tls, dataSources(), warnings);
    }

    private void readOne(Setting<?> setting) {
        Optional<String> text = given(setting);
        if (text.isEmpty() && setting.required()) {
            problems.add(setting.key() + ": is required, and must be "
                    + setting.kind().allowed());
            return;
        }
        try {
            values.put(setting, meaning(setting, text.orElse(setting.defaultText())));
        } catch (NotAllowedException e) {
            refuse(setting, e.getMessage());
        }
    }

    private static <T> T meaning(Setting<T> setting, String text) throws NotAllowedException {
        return text.isEmpty() ? setting.kind().none() : setting.kind().parse(text);
    }

    private void checkBatchHoldsAMessage() {
        if (values.containsKey(BATCH_BYTES) && values.containsKey(MESSAGE_BYTES)) {
            long needed = value(MESSAGE_BYTES) + "[]".length();
            if (value(BATCH_BYTES) < needed) {
                refuse(BATCH_BYTES, "must be at least " + needed + ", which is vitally.message.bytes and 2");
            }
        }
    }

    private void checkRetryWaitsGrow() {
        if (values.containsKey(RETRY_INITIAL) && values.containsKey(RETRY_MAX)) {
            if (value(RETRY_MAX).compareTo(value(RETRY_INITIAL)) < 0) {
                refuse(RETRY_MAX, "must be at least vitally.retry.initial");
            }
        }
    }

    private void checkTotalTimeoutIsTheLongest() {
        if (values.containsKey(TOTAL_TIMEOUT) && values.containsKey(RESPONSE_TIMEOUT)) {
            if (value(TOTAL_TIMEOUT).compareTo(value(RESPONSE_TIMEOUT)) < 0) {
                refuse(TOTAL_TIMEOUT, "must be at least vitally.response-timeout");
            }
        }
    }

    /** {@code null} where one of its files cannot be used. */
    private SSLContext tls() {
        TrustManager[] trusted = fromStore(TRUST_STORE, TRUST_STORE_PASSWORD, KeyStoreFile::trustManagers);
        KeyManager[] shown = null;
        List<X509Certificate> identities = fromStore(KEY_STORE, KEY_STORE_PASSWORD, KeyStoreFile::identities);
        if (identities != null) {
            identities.forEach(this::warnOfEnd);
            shown = fromStore(KEY_STORE, KEY_STORE_PASSWORD, KeyStoreFile::keyManagers);
        }
        try {
            SSLContext context = SSLContext.getDefault();
            if (trusted != null || shown != null) {
                context = SSLContext.getInstance("TLS");
                context.init(shown, trusted, null);
            }
            return context;
        } catch (GeneralSecurityException e) {
            problems.add("TLS cannot be set up: " + e.getMessage());
            return null;
        }
    }

    /** What is in the file of the setting; {@code null} where the setting is left out or refused. */
    private <T> T fromStore(Setting<Path> file, Setting<String> password, FromStore<T> what) {
        Path path = value(file);
        if (path == null) {
            return null;
        }
        try {
            return what.of(new KeyStoreFile(path, value(password)));
        } catch (UnrecoverableKeyException e) {
            if (given(password).isPresent()) {
                refuse(password, "must be the password of " + path);
            } else {
                problems.add(password.key() + ": is required to open " + path);
            }
        } catch (GeneralSecurityException | IOException e) {
            refuse(file, "must be " + file.kind().allowed() + "; " + e.getMessage());
        }
        return null;
    }

    @FunctionalInterface
    private interface FromStore<T> {
        T of(KeyStoreFile store) throws GeneralSecurityException, IOException;
    }

    private void warnOfEnd(X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateException e) {
            warnings.add(KEY_STORE.key() + " (" + source(KEY_STORE) + "): the certificate of "
                    + OneLine.of(certificate.getSubjectX500Principal().getName()) + " is valid from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + " only");
        }
    }

    private void checkBrokerSpeaksTheProtocol() {
        String url = value(JMS_URL);
        if (url != null && values.containsKey(JMS_PROTOCOL) && !BrokerUrl.isFor(value(JMS_PROTOCOL), url)) {
            refuse(JMS_PROTOCOL, "must go with relay.jms.url: " + JMS_URL.kind().allowed());
        }
    }

    private void refuse(Setting<?> setting, String reason) {
        problems.add(setting.key() + "=" + shown(setting) + " (" + source(setting) + "): " + reason);
    }

    private String shown(Setting<?> setting) {
        return OneLine.of(setting.kind().shown(given(setting).orElse(setting.defaultText())));
    }

    private Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((setting, value) -> shown.put(
                setting.key(),
                value == null && setting.optional()
                        ? "none"
                        : value instanceof Path path ? path.toString() : shown(setting)));
        return shown;
    }

    private Optional<String> given(Setting<?> setting) {
        return lookup.apply(setting.key()).filter(text -> !text.isBlank());
    }

    private String source(Setting<?> setting) {
        if (given(setting).isEmpty()) {
            return "default";
        }
        String ofKey = configured.get(setting.key());
        String ofVariable = configured.get(setting.variable());
        if (ofVariable != null && (ofKey == null || ofKey.equals(ofVariable))) {
            return "environment variable " + setting.variable();
        }
        return ofKey == null ? "unknown source" : OneLine.of(ofKey);
    }

    /** The table ties each setting to its type, and only {@link #readOne} puts values. */
    @SuppressWarnings("unchecked")
    private <T> T value(Setting<T> setting) {
        return (T) values.get(setting);
    }

    private Map<String, DataSourceSettings> dataSources() {
        Map<String, DataSourceSettings> read = new TreeMap<>();
        dataSources.forEach((name, group) -> read.put(
                name,
                new DataSourceSettings(
                        value(group.url()),
                        Objects.requireNonNullElse(value(group.user()), ""),
                        Objects.requireNonNullElse(value(group.password()), ""),
                        value(group.zone()),
                        value(group.timeout()))));
        return read;
    }
}
