package io.vitallyrelay.users;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Short texts that only who has the key can make, and that do not tell what they are of (HMAC-SHA-256). Thread-safe. */
public final class Seal {
    private static final String HMAC = "HmacSHA256";
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    public Seal(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /** Under a key that nobody knows. */
    static Seal ofRandom() {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return new Seal(key);
    }

    /** @param parts of which none but the last may have a line break */
    public String of(String... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(String.join("\n", parts).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
