package io.vitallyrelay.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A PEM, PKCS12 or JKS file. Its methods throw {@link UnrecoverableKeyException} where the password is missing or wrong, and
 * otherwise say what is wrong with the file as it reads after the file's name and a semicolon.
 */
final class KeyStoreFile {
    private static final String IS_NO_STORE = "it is none of them, or is damaged";

    private final byte[] bytes;
    private final char[] password;

    /** @param password {@code null} for none */
    KeyStoreFile(Path file, String password) throws IOException {
        bytes = Files.readAllBytes(file);
        this.password = password == null ? new char[0] : password.toCharArray();
    }

    /** Trusts its certificates. */
    TrustManager[] trustManagers() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        if (Pem.is(bytes)) {
            for (Certificate certificate : new Pem(bytes).certificates()) {
                trusted.setCertificateEntry("trusted-" + trusted.size(), certificate);
            }
        } else {
            KeyStore store = open();
            for (String alias : Collections.list(store.aliases())) {
                if (store.isCertificateEntry(alias)) {
                    trusted.setCertificateEntry(alias, store.getCertificate(alias));
                }
            }
        }
        if (trusted.size() == 0) {
            throw new KeyStoreException("it holds no trusted certificate (keytool -importcert adds one as trusted;"
                    + " openssl does not, but the PEM file will do)");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    /** Shows its certificates, and proves them with its key. */
    KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(), password);
        return factory.getKeyManagers();
    }

    /** The certificate of each key in it, of which there is one at least. */
    List<X509Certificate> identities() throws GeneralSecurityException, IOException {
        KeyStore store = keys();
        List<X509Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                certificates.add(certificate);
            }
        }
        if (certificates.isEmpty()) {
            throw new KeyStoreException("it holds no private key with a certificate");
        }
        return certificates;
    }

    private KeyStore keys() throws GeneralSecurityException, IOException {
        if (!Pem.is(bytes)) {
            return open();
        }
        Pem pem = new Pem(bytes);
        List<Certificate> chain = pem.certificates();
        if (chain.isEmpty()) {
            throw new KeyStoreException("it holds no certificate");
        }
        KeyStore store = empty();
        store.setKeyEntry("key", pem.key(), password, chain.toArray(Certificate[]::new));
        return store;
    }

    /** The JDK's PKCS12 store reads JKS as well. */
    private KeyStore open() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException wrongPassword) {
                throw wrongPassword;
            }
            throw new KeyStoreException(IS_NO_STORE, e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
