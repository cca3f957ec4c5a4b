package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersNowTest {
    private static final User ANNA = new User("anna", Role.OPERATOR, PasswordHash.ofNone());

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private UserFile file;

    @BeforeEach
    void noFileYet() {
        file = new UserFile(folder.resolve("users"));
    }

    private UsersNow users() throws UserFileException {
        return new UsersNow(file, told::add);
    }

    @Test
    void isOpenWhereThereHaveNeverBeenUsers() throws Exception {
        assertThat(users().closed()).isFalse();
    }

    @Test
    void closesWithTheFirstUser() throws Exception {
        // Given
        UsersNow users = users();

        // When
        file.put(ANNA);

        // Then
        assertThat(users.closed()).isTrue();
        assertThat(users.get().find("anna")).isPresent();
        assertThat(told).singleElement().asString().contains("there are 1");
    }

    @Test
    void losesAUserAtOnce() throws Exception {
        // Given
        file.put(ANNA);
        UsersNow users = users();

        // When
        file.remove("anna");

        // Then
        assertThat(users.get().find("anna")).isEmpty();
    }

    @Test
    void staysClosedWhenTheFileIsGone() throws Exception {
        // Given
        file.put(ANNA);
        UsersNow users = users();

        // When
        Files.delete(file.path());

        // Then
        assertThat(users.closed()).isTrue();
        assertThat(users.get().isEmpty()).isTrue();
    }

    @Test
    void letsNobodyInWhileTheFileIsBroken() throws Exception {
        // Given
        file.put(ANNA);
        UsersNow users = users();

        // When
        Files.writeString(file.path(), Files.readString(file.path()) + "\nbroken\n");

        // Then
        assertThat(users.get().isEmpty()).isTrue();
        assertThat(users.closed()).isTrue();
        assertThat(told).singleElement().asString().contains("nobody can log in", "line 4");
    }

    @Test
    void letsThemInAgainWhenItIsMended() throws Exception {
        // Given
        file.put(ANNA);
        UsersNow users = users();
        String whole = Files.readString(file.path());
        Files.writeString(file.path(), "broken\n");
        users.get();

        // When
        Files.writeString(file.path(), whole);

        // Then
        assertThat(users.get().find("anna")).isPresent();
    }

    @Test
    void doesNotBeginWithABrokenFile() throws Exception {
        // Given
        file.put(ANNA);
        Files.writeString(file.path(), "broken\n");

        // Then
        assertThatThrownBy(this::users).isInstanceOf(UserFileException.class).hasMessageContaining("line 1");
    }
}
