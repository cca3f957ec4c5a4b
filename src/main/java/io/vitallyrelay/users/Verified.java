package io.vitallyrelay.users;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which passwords were right, so that a program that asks every second does not have its one derived each time. In memory alone,
 * under a key that nobody knows; a user that the file has anew, or no more, is not found again. Thread-safe.
 */
final class Verified {
    private static final int MOST = 1000;

    private final Seal seal = Seal.ofRandom();
    private final Map<String, Boolean> right = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean has(User user, String password) {
        return right.containsKey(sealed(user, password));
    }

    synchronized void add(User user, String password) {
        right.put(sealed(user, password), true);
    }

    /** With the line of the user, whose salt makes it another one each time that a password is set. */
    private String sealed(User user, String password) {
        return seal.of(user.line(), password);
    }
}
