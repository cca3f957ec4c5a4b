package io.vitallyrelay.users;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-256 under a salt of its own, which takes some tenths of a second on purpose.
 * Immutable.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP on the iterations</a>
 */
public final class PasswordHash {
    static final int LEAST_ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("pbkdf2-sha256:(\\d{1,8}):([\\w+/-]+=*):([\\w+/-]+=*)");

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    public static PasswordHash of(char[] password) {
        byte[] salt = random(SALT_BYTES);
        return new PasswordHash(LEAST_ITERATIONS, salt, derive(password, salt, LEAST_ITERATIONS));
    }

    /** That of no password at all, which takes as long as any other to be compared with. */
    static PasswordHash ofNone() {
        return new PasswordHash(LEAST_ITERATIONS, random(SALT_BYTES), random(HASH_BYTES));
    }

    /** @throws IllegalArgumentException where it is none, or a weak one; the message does not have the text */
    static PasswordHash parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be pbkdf2-sha256:ITERATIONS:SALT:HASH");
        }
        int iterations = Integer.parseInt(parts.group(1));
        if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw new IllegalArgumentException(
                    "must have " + LEAST_ITERATIONS + " to " + MOST_ITERATIONS + " iterations, and has " + iterations);
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] hash = Base64.getDecoder().decode(parts.group(3));
        if (salt.length < SALT_BYTES || hash.length != HASH_BYTES) {
            throw new IllegalArgumentException(
                    "must have a salt of at least " + SALT_BYTES + " bytes and a hash of " + HASH_BYTES);
        }
        return new PasswordHash(iterations, salt, hash);
    }

    public boolean matches(char[] password) {
        return MessageDigest.isEqual(hash, derive(password, salt, iterations));
    }

    /** As it stands in the file of users. */
    String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        return "pbkdf2-sha256:" + iterations + ":" + base64.encodeToString(salt) + ":" + base64.encodeToString(hash);
    }

    /** Not the hash: this may be printed. */
    @Override
    public String toString() {
        return "PasswordHash";
    }

    private static byte[] derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
