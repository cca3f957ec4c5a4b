package io.vitallyrelay.settings;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands in a PEM file (RFC 7468), one block after the other; text around the blocks is no matter. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Pattern OTHER_KEY = Pattern.compile("-----BEGIN [A-Z0-9]+ PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final String text;

    Pem(byte[] bytes) {
        text = new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static boolean is(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    /** Its certificates in their order. */
    List<Certificate> certificates() throws GeneralSecurityException {
        CertificateFactory x509 = CertificateFactory.getInstance("X.509");
        List<Certificate> certificates = new ArrayList<>();
        for (byte[] der : blocks("CERTIFICATE")) {
            certificates.add(x509.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }

    /** Its private key, unencrypted and in PKCS8. */
    PrivateKey key() throws GeneralSecurityException {
        List<byte[]> keys = blocks("PRIVATE KEY");
        if (keys.isEmpty()) {
            throw new KeyStoreException(
                    OTHER_KEY.matcher(text).find()
                            ? "its private key must be unencrypted PKCS8 (BEGIN PRIVATE KEY), which"
                                    + " openssl pkcs8 -topk8 -nocrypt makes of others"
                            : "it holds no private key");
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(keys.get(0)));
            } catch (InvalidKeySpecException e) {
                // of another algorithm
            }
        }
        throw new KeyStoreException("its private key is damaged or is none of " + String.join(", ", ALGORITHMS));
    }

    private List<byte[]> blocks(String label) throws KeyStoreException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(label)) {
                try {
                    blocks.add(Base64.getMimeDecoder().decode(block.group(2)));
                } catch (IllegalArgumentException e) {
                    throw new KeyStoreException("a block in it is damaged");
                }
            }
        }
        return blocks;
    }
}
