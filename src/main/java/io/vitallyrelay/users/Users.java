package io.vitallyrelay.users;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Those who may log in, at one moment. Immutable. */
public final class Users {
    static final Users NONE = new Users(Map.of());

    private final Map<String, User> byName;

    Users(Map<String, User> byName) {
        this.byName = new LinkedHashMap<>(byName);
    }

    public Optional<User> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** In the order of the file. */
    public Collection<User> all() {
        return byName.values();
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }
}
