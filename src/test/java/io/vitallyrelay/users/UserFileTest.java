package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFileTest {
    private static final String HASH =
            "pbkdf2-sha256:600000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    Path folder;

    private Path path;
    private UserFile file;

    @BeforeEach
    void noFileYet() {
        path = folder.resolve("data").resolve("users");
        file = new UserFile(path);
    }

    private void has(String text) throws Exception {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        mode("rw-------");
    }

    private void mode(String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void hasNobodyWhereThereIsNoFile() throws Exception {
        assertThat(file.read().isEmpty()).isTrue();
    }

    @Test
    void isForItsUserAlone() throws Exception {
        // When
        file.put(user("anna", Role.OPERATOR));

        // Then
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void putsAUserInThePlaceOfTheOneOfTheSameName() throws Exception {
        // Given
        has("# ours\nanna viewer " + HASH + "\nanna2 viewer " + HASH + "\n");

        // When
        file.put(user("anna", Role.OPERATOR));

        // Then
        assertThat(file.read().all())
                .extracting(user -> user.name() + " " + user.role())
                .containsExactly("anna2 VIEWER", "anna OPERATOR");
        assertThat(path).content().startsWith("# ours\n");
    }

    @Test
    void removesOneAndLeavesTheOthers() throws Exception {
        // Given
        file.put(user("anna", Role.OPERATOR));
        file.put(user("ben", Role.VIEWER));

        // When
        boolean removed = file.remove("anna");

        // Then
        assertThat(removed).isTrue();
        assertThat(file.read().all()).extracting(User::name).containsExactly("ben");
    }

    @Test
    void saysThatThereIsNobodyToRemove() throws Exception {
        assertThat(file.remove("anna")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "anna operator, must be NAME ROLE HASH",
        "anna admin HASH, the role must be viewer or operator",
        "ann:a viewer HASH, the name of a user must be",
        "anna viewer secret, must be pbkdf2-sha256",
        "ben viewer HASH, there is a line for ben before it",
    })
    void saysWhichLineIsWrongAndWhy(String line, String why) throws Exception {
        // Given
        has("ben viewer " + HASH + "\n\n" + line.replace("HASH", HASH) + "\n");

        // Then
        assertThatThrownBy(() -> file.read())
                .isInstanceOf(UserFileException.class)
                .hasMessageContainingAll(path + ", line 3: ", why, "relay user add")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw--w----"})
    void refusesAFileThatOthersMayReadOrChange(String permissions) throws Exception {
        // Given
        has("anna viewer " + HASH);
        mode(permissions);

        // Then
        assertThatThrownBy(() -> file.read())
                .isInstanceOf(UserFileException.class)
                .hasMessageContaining("chmod 600 " + path);
    }

    @Test
    void isReadWhereItsGroupMayReadIt() throws Exception {
        // Given
        has("anna viewer " + HASH);
        mode("r--r-----");

        // Then
        assertThat(file.read().find("anna")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " anna", "an na", "an\nna", "an\u001bna", "anna:", "#anna", "änna", "../anna"})
    void refusesANameThatCouldBeTakenForSomethingElse(String name) {
        assertThatThrownBy(() -> user(name, Role.VIEWER)).hasMessageContaining("letters, digits");
    }

    private static User user(String name, Role role) {
        return new User(name, role, PasswordHash.parse(HASH));
    }
}
