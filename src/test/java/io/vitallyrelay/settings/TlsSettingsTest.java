package io.vitallyrelay.settings;

import static io.vitallyrelay.TestCertificates.AUTHORITY;
import static io.vitallyrelay.TestCertificates.CLIENT;
import static io.vitallyrelay.TestCertificates.EXPIRED_CLIENT;
import static io.vitallyrelay.TestCertificates.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vitallyrelay.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
    private static final String TRUST_STORE = "vitally.tls.trust-store";
    private static final String KEY_STORE = "vitally.tls.key-store";

    @TempDir
    Path folder;

    private final Map<String, String> values = new HashMap<>();

    @BeforeEach
    void givenWhatIsRequired() {
        values.put("vitally.url", "https://acme.example/batch");
        values.put("vitally.token", "token");
        values.put("relay.routes", folder.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void takesStores(String type) throws Exception {
        // Given
        give(TRUST_STORE, TestCertificates.write(AUTHORITY.alone(), type, folder.resolve("trust")));
        give(KEY_STORE, TestCertificates.write(CLIENT.withKey(), type, folder.resolve("key")));
        values.put(TRUST_STORE + "-password", PASSWORD);
        values.put(KEY_STORE + "-password", PASSWORD);

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.tls()).isNotSameAs(SSLContext.getDefault());
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void takesPemFilesWithoutAPassword() throws Exception {
        // Given
        give(TRUST_STORE, file("about\n" + AUTHORITY.certificatePem() + TestCertificates.SERVER.certificatePem()));
        give(KEY_STORE, file(CLIENT.keyPem() + CLIENT.certificatePem() + AUTHORITY.certificatePem()));

        // When
        Throwable refusal = catchThrowable(this::read);

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void neverShowsThePasswords() throws Exception {
        // Given
        give(KEY_STORE, TestCertificates.write(CLIENT.withKey(), "PKCS12", folder.resolve("key")));
        values.put(KEY_STORE + "-password", PASSWORD);
        values.put("vitally.proxy", "http://proxy.example:3128");
        values.put("vitally.proxy.user", "relay");
        values.put("vitally.proxy.password", PASSWORD);

        // When
        String shown = read().toString();

        // Then
        assertThat(shown).contains("relay").doesNotContain(PASSWORD);
    }

    @Test
    void warnsOfAClientCertificateThatHasExpired() throws Exception {
        // Given
        give(KEY_STORE, file(EXPIRED_CLIENT.keyPem() + EXPIRED_CLIENT.certificatePem()));

        // When
        Settings loaded = read();

        // Then
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .startsWith(
                        KEY_STORE + " (application.properties): the certificate of CN=EXPIRED_CLIENT is valid from ");
    }

    @Test
    void refusesAWrongPasswordWithoutShowingIt() throws Exception {
        // Given
        Path store = TestCertificates.write(AUTHORITY.alone(), "PKCS12", folder.resolve("trust"));
        give(TRUST_STORE, store);
        values.put(TRUST_STORE + "-password", "guessed");

        // Then
        assertRefused(TRUST_STORE + "-password=(hidden) (application.properties): must be the password of " + store);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void asksForThePasswordThatIsMissing(String type) throws Exception {
        // Given
        Path store = TestCertificates.write(CLIENT.withKey(), type, folder.resolve("key"));
        give(KEY_STORE, store);

        // Then
        assertRefused(KEY_STORE + "-password: is required to open " + store);
    }

    @Test
    void refusesATrustStoreThatTrustsNobody() throws Exception {
        // Given
        Path store = TestCertificates.write(CLIENT.withKey(), "PKCS12", folder.resolve("key"));
        give(TRUST_STORE, store);
        values.put(TRUST_STORE + "-password", PASSWORD);

        // Then
        assertRefused(TRUST_STORE + "=" + store + " (application.properties): must be a PEM, PKCS12 or JKS file with"
                + " trusted certificates; it holds no trusted certificate (keytool -importcert adds one as trusted;"
                + " openssl does not, but the PEM file will do)");
    }

    @Test
    void refusesAKeyStoreWithoutAKey() throws Exception {
        // Given
        Path store = TestCertificates.write(CLIENT.alone(), "PKCS12", folder.resolve("key"));
        give(KEY_STORE, store);
        values.put(KEY_STORE + "-password", PASSWORD);

        // Then
        assertRefused(KEY_STORE + "=" + store + " (application.properties): must be a PEM, PKCS12 or JKS file with"
                + " a private key and its certificates; it holds no private key with a certificate");
    }

    @Test
    void saysHowToConvertAnotherKindOfKey() throws Exception {
        // Given
        Path pem = file(CLIENT.keyPem().replace("PRIVATE", "EC PRIVATE") + CLIENT.certificatePem());
        give(KEY_STORE, pem);

        // Then
        assertRefused(KEY_STORE + "=" + pem + " (application.properties): must be a PEM, PKCS12 or JKS file with"
                + " a private key and its certificates; its private key must be unencrypted PKCS8 (BEGIN PRIVATE KEY),"
                + " which openssl pkcs8 -topk8 -nocrypt makes of others");
    }

    @Test
    void refusesWhatIsNoStore() throws Exception {
        // Given
        Path text = file("nothing of that kind");
        give(TRUST_STORE, text);

        // Then
        assertRefused(TRUST_STORE + "=" + text + " (application.properties): must be a PEM, PKCS12 or JKS file with"
                + " trusted certificates; it is none of them, or is damaged");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        // Given
        give(KEY_STORE, folder.resolve("nowhere"));

        // Then
        assertRefused(KEY_STORE + "=" + folder.resolve("nowhere") + " (application.properties): must be a PEM, PKCS12"
                + " or JKS file with a private key and its certificates; there is no such file");
    }

    private void assertRefused(String problem) {
        Throwable refusal = catchThrowable(this::read);
        assertThat(refusal).isInstanceOf(SettingsException.class);
        assertThat(refusal.getMessage().lines().skip(1)).containsExactly(problem);
    }

    private void give(String key, Path file) {
        values.put(key, file.toString());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "file", ".pem"), text);
    }

    private Settings read() {
        Map<String, String> sources = new HashMap<>();
        values.keySet().forEach(key -> sources.put(key, "application.properties"));
        return SettingsReader.read(key -> Optional.ofNullable(values.get(key)), sources);
    }
}
