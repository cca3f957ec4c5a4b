package io.vitallyrelay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Authorities, and certificates that they signed, made by the JDK's keytool when they are first asked for. */
public enum TestCertificates {
    /** Signs all others but one. */
    AUTHORITY("-ext", "bc:c"),
    /** Is not trusted by who trusts the other one. */
    OTHER_AUTHORITY("-ext", "bc:c"),
    SERVER("-signer", "AUTHORITY", "-ext", "san=ip:127.0.0.1"),
    SERVER_OF_OTHER_AUTHORITY("-signer", "OTHER_AUTHORITY", "-ext", "san=ip:127.0.0.1"),
    SERVER_OF_ANOTHER_NAME("-signer", "AUTHORITY", "-ext", "san=dns:elsewhere.example"),
    EXPIRED_SERVER("-signer", "AUTHORITY", "-ext", "san=ip:127.0.0.1", "-startdate", "-3d", "-validity", "1"),
    CLIENT("-signer", "AUTHORITY"),
    EXPIRED_CLIENT("-signer", "AUTHORITY", "-startdate", "-3d", "-validity", "1");

    public static final String PASSWORD = "open-sesame";

    private static final KeyStore ALL = make();

    private final String[] options;

    TestCertificates(String... options) {
        this.options = options;
    }

    private static KeyStore make() {
        try {
            Path folder = Files.createTempDirectory("certificates");
            Path file = folder.resolve("all.p12");
            try {
                for (TestCertificates one : values()) {
                    one.make(file);
                }
                return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void make(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD, "-alias", name()));
        command.addAll(List.of("-dname", "CN=" + name(), "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes());
        if (keytool.waitFor() != 0) {
            throw new AssertionError(said);
        }
    }

    /** Shows this certificate; asks for another one, if at all, that AUTHORITY has signed. */
    public SSLContext context() throws GeneralSecurityException, IOException {
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(withKey(), PASSWORD.toCharArray());
        return context(shown);
    }

    /** Trusts AUTHORITY, and shows nothing. */
    public static SSLContext trusting() throws GeneralSecurityException, IOException {
        return context(null);
    }

    private static SSLContext context(KeyManagerFactory shown) throws GeneralSecurityException, IOException {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(AUTHORITY.alone());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown == null ? null : shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    /** A store with this certificate as one to trust. */
    public KeyStore alone() throws GeneralSecurityException, IOException {
        KeyStore store = empty("PKCS12");
        store.setCertificateEntry(name(), ALL.getCertificate(name()));
        return store;
    }

    /** A store with this certificate, its key and the chain above it. */
    public KeyStore withKey() throws GeneralSecurityException, IOException {
        KeyStore store = empty("PKCS12");
        store.setKeyEntry(name(), key(), PASSWORD.toCharArray(), ALL.getCertificateChain(name()));
        return store;
    }

    /** The store as a file that {@link #PASSWORD} opens. */
    public static Path write(KeyStore store, String type, Path file) throws GeneralSecurityException, IOException {
        KeyStore copy = empty(type);
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                Key key = store.getKey(alias, PASSWORD.toCharArray());
                copy.setKeyEntry(alias, key, PASSWORD.toCharArray(), store.getCertificateChain(alias));
            } else {
                copy.setCertificateEntry(alias, store.getCertificate(alias));
            }
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            copy.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    public String certificatePem() throws GeneralSecurityException {
        return pem("CERTIFICATE", ALL.getCertificate(name()).getEncoded());
    }

    public String keyPem() throws GeneralSecurityException {
        return pem("PRIVATE KEY", key().getEncoded());
    }

    private Key key() throws GeneralSecurityException {
        return ALL.getKey(name(), PASSWORD.toCharArray());
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static KeyStore empty(String type) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        return store;
    }
}
