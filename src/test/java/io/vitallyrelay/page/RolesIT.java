package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.vitallyrelay.users.PasswordHash;
import io.vitallyrelay.users.Role;
import io.vitallyrelay.users.User;
import io.vitallyrelay.users.UserFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there are users the page asks for a login, and a viewer changes nothing. */
class RolesIT {
    private static final String PASSWORD = "correct horse";
    private static final String REPLAY_AS_A_SCRIPT =
            "async () => (await fetch('api/dead-letters/replay', { method: 'POST',"
                    + " headers: { 'X-CSRF-Token': (await (await fetch('api/me')).json()).csrf }, body: '{\"filter\":{}}' })).status";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ServedPage served;
    private Visit visit;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        served = new ServedPage(folder);
        Files.createDirectories(served.relay().data());
        UserFile users = new UserFile(served.relay().data().resolve("users"));
        users.put(new User("vera", Role.VIEWER, PasswordHash.of(PASSWORD.toCharArray())));
        users.put(new User("olga", Role.OPERATOR, PasswordHash.of(PASSWORD.toCharArray())));
        served.relay().launch().awaitAddress();
        served.relay()
                .drop("accounts-csv", "sample.csv", Files.readAllBytes(Path.of("routes/accounts-csv/sample.csv")));
    }

    @AfterAll
    static void end() throws Exception {
        if (served != null) {
            served.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void visit() {
        visit = browser.visit(served.address());
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @Test
    void aViewerSeesAllAndCanReplayNothing() {
        // Given
        logIn("vera", PASSWORD);
        assertThat(visit.figure("dead")).hasText("3");

        // When
        visit.open("letters");

        // Then
        assertThat(visit.button("Replay all 3 …")).isDisabled();
        assertThat(visit.button("Discard all 3 …")).isDisabled();
        assertThat(visit.page().getByText("that takes an operator")).isVisible();
        assertThat(visit.page().evaluate(REPLAY_AS_A_SCRIPT)).isEqualTo(403);
    }

    @Test
    void anOperatorReplaysUnderTheNameOfTheLogin() {
        // Given
        logIn("olga", PASSWORD);
        visit.open("letters?code=mapping");

        // When
        visit.button("Replay all 1 …").click();
        assertThat(visit.page().getByLabel("Your name")).hasCount(0);
        visit.dialogButton("Replay").click();

        // Then
        assertThat(visit.page().getByText("of 1").first()).isVisible();
        visit.open("audit");
        Locator deed = visit.page().locator("tbody tr").first();
        assertThat(deed).containsText("olga");
        assertThat(deed).containsText("replay");
    }

    @Test
    void aWrongPasswordIsToldAndShowsNothing() {
        // When
        logIn("olga", "wrong");

        // Then
        assertThat(visit.page().getByRole(AriaRole.ALERT)).isVisible();
        assertThat(visit.heading("Overview")).hasCount(0);
    }

    @Test
    void whoLogsOutHasToLogInAgain() {
        // Given
        logIn("vera", PASSWORD);
        assertThat(visit.heading("Overview")).isVisible();

        // When
        visit.button("Log out").click();

        // Then
        assertThat(visit.heading("Log in")).isVisible();
        visit.page().reload();
        assertThat(visit.heading("Log in")).isVisible();
    }

    private void logIn(String user, String password) {
        visit.open("");
        visit.page().getByLabel("User").fill(user);
        visit.page().getByLabel("Password").fill(password);
        visit.button("Log in").click();
    }
}
