package io.vitallyrelay.users;

import java.time.Duration;

/** What became of a try to log in. */
public sealed interface Login {
    record Right(User user) implements Login {}

    /** Unknown, or with another password: which of them is not told. */
    record Wrong() implements Login {}

    /** It was not looked at. */
    record TooMany(Duration pause) implements Login {}
}
