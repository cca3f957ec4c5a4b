package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
    private static final String FROM = "10.0.0.1";

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private UserFile file;
    private Logins logins;

    @BeforeEach
    void annaIsAnOperator() throws Exception {
        file = new UserFile(folder.resolve("users"));
        file.put(new User("anna", Role.OPERATOR, PasswordHash.of("secret of anna".toCharArray())));
        AtomicLong now = new AtomicLong();
        logins = new Logins(new UsersNow(file, line -> {}), new Throttle(now::get), 1, told::add);
    }

    @AfterEach
    void close() {
        logins.close();
    }

    @Test
    void letsInWhoHasThePassword() throws Exception {
        // When
        Login login = check("anna", "secret of anna");

        // Then
        assertThat(login)
                .isInstanceOfSatisfying(
                        Login.Right.class,
                        right -> assertThat(right.user().role()).isEqualTo(Role.OPERATOR));
    }

    @Test
    void answersTheSameForAWrongPasswordAndForAnUnknownUser() throws Exception {
        assertThat(check("anna", "secret of ben")).isEqualTo(new Login.Wrong());
        assertThat(check("ben", "secret of anna")).isEqualTo(new Login.Wrong());
    }

    @Test
    void takesAsLongForAnUnknownUser() throws Exception {
        // Given: the least of some, as others use the processors too
        long known = Math.min(nanos("anna"), Math.min(nanos("anna"), nanos("anna")));
        long unknown = nanos("ben");

        // Then: the time of the hash, not that of a look into a table
        assertThat(unknown).isGreaterThan(known / 4);
    }

    private long nanos(String name) throws Exception {
        long begun = System.nanoTime();
        check(name, "wrong");
        return System.nanoTime() - begun;
    }

    @Test
    void slowsDownWhoTriesPasswords() throws Exception {
        // Given
        for (int i = 0; i < 5; i++) {
            check("anna", "guess " + i);
        }

        // When
        Login login = check("anna", "secret of anna");

        // Then
        assertThat(login).isInstanceOf(Login.TooMany.class);
    }

    /** Somebody may type their password into the field of the name. */
    @Test
    void tellsOfALoginThatIsRefusedAndNoNameThatIsNone() throws Exception {
        // When
        check("anna", "guess");
        check("secret of anna", "");

        // Then
        assertThat(told)
                .containsExactly(
                        "a login of anna from 10.0.0.1 is refused",
                        "a login of an unknown user from 10.0.0.1 is refused");
    }

    @Test
    void doesNotFillTheLogWithThoseThatHaveToWait() throws Exception {
        // When
        for (int i = 0; i < 20; i++) {
            check("anna", "guess");
        }

        // Then
        assertThat(told).hasSize(5);
    }

    @Test
    void knowsAPasswordThatWasRight() throws Exception {
        // When
        check("anna", "secret of anna");

        // Then
        assertThat(logins.known("anna", "secret of anna")).isPresent();
        assertThat(logins.known("anna", "another")).isEmpty();
    }

    @Test
    void knowsNoPasswordThatIsNoLongerTheOneOfTheUser() throws Exception {
        // Given
        check("anna", "secret of anna");

        // When
        file.put(new User("anna", Role.OPERATOR, PasswordHash.ofNone()));

        // Then
        assertThat(logins.known("anna", "secret of anna")).isEmpty();
    }

    @Test
    void knowsNobodyWhoIsRemoved() throws Exception {
        // Given
        check("anna", "secret of anna");

        // When
        file.remove("anna");

        // Then
        assertThat(logins.known("anna", "secret of anna")).isEmpty();
    }

    @Test
    void turnsAFloodAway() throws Exception {
        // When: each from an address of its own
        long turnedAway = 0;
        for (int i = 0; i < 100; i++) {
            turnedAway += logins.check("user" + i, "guess", "10.1.1." + i)
                                    .toCompletableFuture()
                                    .getNow(null)
                            instanceof Login.TooMany
                    ? 1
                    : 0;
        }

        // Then
        assertThat(turnedAway).isGreaterThan(40);
    }

    private Login check(String name, String password) throws Exception {
        return logins.check(name, password, FROM).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
