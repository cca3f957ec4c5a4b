package io.vitallyrelay.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserCommandTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    private UserFile file;

    @BeforeEach
    void noFileYet() {
        file = new UserFile(folder.resolve("users"));
    }

    private record Run(int status, String out, String err) {}

    private Run run(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        PrintStream console = System.out;
        InputStream keyboard = System.in;
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            int status = Main.commands(new UserCommand(file.path()))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments);
            return new Run(status, out.toString(UTF_8), err.toString());
        } finally {
            System.setOut(console);
            System.setIn(keyboard);
        }
    }

    private Run add(String name, String role) {
        return run(PASSWORD + "\n", "user", "add", name, "--role", role, "--password-stdin");
    }

    @Test
    void addsAUser() throws Exception {
        // When
        Run run = add("anna", "operator");

        // Then
        User anna = file.read().find("anna").orElseThrow();
        assertThat(anna.role()).isEqualTo(Role.OPERATOR);
        assertThat(anna.password().matches(PASSWORD.toCharArray())).isTrue();
        assertThat(run.out).isEqualTo("anna is added to " + file.path() + ", as operator\n");
        assertThat(run.status).isZero();
    }

    @Test
    void saysThatAUserWasThereBefore() {
        // Given
        add("anna", "viewer");

        // When
        Run run = add("anna", "operator");

        // Then
        assertThat(run.out).startsWith("anna has another password or role");
    }

    @Test
    void addsToTheFileThatIsNamed() throws Exception {
        // Given
        UserFile other = new UserFile(folder.resolve("others"));

        // When
        run(PASSWORD, "user", "add", "anna", "--role=viewer", "--password-stdin", "--file=" + other.path());

        // Then
        assertThat(other.read().find("anna")).isPresent();
        assertThat(file.read().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"an\nna", "an\u001b[2Jna", "an na", ""})
    void refusesANameThatCouldMislead(String name) throws Exception {
        // When
        Run run = add(name, "viewer");

        // Then
        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).contains("letters, digits").doesNotContain("\u001b");
        assertThat(file.read().isEmpty()).isTrue();
    }

    @Test
    void refusesARoleThatThereIsNot() {
        // When
        Run run = add("anna", "admin");

        // Then
        assertThat(run.status).isEqualTo(2);
        assertThat(run.err).contains("--role must be viewer or operator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "1234567\n"})
    void refusesAShortPassword(String input) throws Exception {
        // When
        Run run = run(input, "user", "add", "anna", "--role", "viewer", "--password-stdin");

        // Then
        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).contains("8 to 1000 characters").doesNotContain("1234567");
        assertThat(file.read().isEmpty()).isTrue();
    }

    @Test
    void listsUsersWithoutTheirHashes() {
        // Given
        add("anna", "operator");
        add("ben", "viewer");

        // When
        Run run = run("", "user", "list");

        // Then
        assertThat(run.out).isEqualTo("""
                user  role
                anna  operator
                ben   viewer
                """);
    }

    @Test
    void removesAUser() throws Exception {
        // Given
        add("anna", "operator");

        // When
        Run run = run("", "user", "remove", "anna");

        // Then
        assertThat(run.status).isZero();
        assertThat(file.read().isEmpty()).isTrue();
    }

    @Test
    void saysThatThereIsNobodyToRemove() {
        // When
        Run run = run("", "user", "remove", "an\u001bna");

        // Then
        assertThat(run.status).isEqualTo(1);
        assertThat(run.err).contains("there is no user an na");
    }

    @Test
    void saysWhatCanBeDone() {
        // When
        Run run = run("", "user");

        // Then
        assertThat(run.status).isEqualTo(2);
        assertThat(run.err).contains("add, list or remove");
    }
}
