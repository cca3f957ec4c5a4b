package io.vitallyrelay.users;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The secret that cookies of sessions are encrypted with. It is kept in a file of its own, so that sessions outlive a restart. */
public final class SessionKey {
    private static final int BYTES = 32;
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{43}=");

    private SessionKey() {}

    /**
     * @param file is made where it is absent
     * @throws IOException where it cannot be made or read, is no key, or others may read it
     */
    public static String in(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            byte[] key = new byte[BYTES];
            new SecureRandom().nextBytes(key);
            PrivateFiles.createFile(file);
            Files.writeString(file, Base64.getEncoder().encodeToString(key));
        }
        String open = PrivateFiles.open(file);
        if (open != null) {
            throw new IOException(file + ": " + open + ", and may not: remove it, which ends all sessions");
        }
        String key = Files.readString(file).strip();
        if (!KEY.matcher(key).matches()) {
            throw new IOException(file + ": is no key of this service: remove it, which ends all sessions");
        }
        return key;
    }
}
