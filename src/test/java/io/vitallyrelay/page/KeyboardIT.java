package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page is used by keys alone. */
class KeyboardIT {
    private static final int STOPS = 80;
    private static final String NAME_OF_FOCUSED =
            "(document.activeElement.ariaLabel ?? document.activeElement.innerText ?? '').trim()";
    private static final String OUTLINE_OF_FOCUSED = "getComputedStyle(document.activeElement).outlineStyle";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ServedPage served;
    private Visit visit;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        served = new ServedPage(folder);
        served.relay().start();
        served.relay()
                .drop("accounts-csv", "sample.csv", Files.readAllBytes(Path.of("routes/accounts-csv/sample.csv")));
        served.relay().awaitSettled(5, 3);
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
    void aBadRowIsEditedReplayedAndDelivered() {
        // Given
        visit.open("");
        assertThat(visit.figure("dead")).hasText("3");

        // When
        enter("3 dead letters of accounts-csv");
        assertFocusOn("Dead letters");
        enter("mrr: must be a number, got …");
        String id = visit.onlyLetter().innerText();
        enter(id);
        assertFocusOn("Dead letter " + id);
        enter("Edit …");
        assertThat(visit.page().getByRole(AriaRole.TEXTBOX)).isFocused();
        String mended = visit.page().getByRole(AriaRole.TEXTBOX).inputValue().replace("\"n/a\"", "\"49\"");
        visit.page().keyboard().press("Control+a");
        visit.page().keyboard().insertText(mended);
        enter("Replay edited");

        // Then
        assertThat(visit.page().getByText("1 letter sent again, of 1").first()).isVisible();
        served.relay().awaitSettled(6, 2);
        assertThat(visit.troubles()).isEmpty();
    }

    @Test
    void theFirstStopLeadsToTheContent() {
        // Given
        visit.open("jobs");
        assertThat(visit.heading("Jobs")).isVisible();

        // When
        goOn();
        assertThat(focused()).isEqualTo("Skip to the content");
        visit.page().keyboard().press("Enter");

        // Then
        assertThat(visit.page().locator("main")).isFocused();
        assertThat(visit.heading("Jobs")).isVisible();
    }

    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"Escape", "Cancel"})
    void whoLeavesADialogIsWhereTheyWere(String way) {
        // Given
        visit.open("");
        enter("Hold all lanes …");
        assertThat(visit.dialog()).isVisible();

        // When
        leave(way);

        // Then
        assertThat(visit.dialog()).hasCount(0);
        assertThat(focused()).isEqualTo("Hold all lanes …");
    }

    @ParameterizedTest(name = "by {0}")
    @ValueSource(strings = {"Escape", "Cancel"})
    void whoLeavesAnEditIsWhereTheyWere(String way) throws Exception {
        // Given
        visit.open("letters/" + served.relay().deadLetters().get(0).path("id").asText());
        enter("Edit …");
        assertThat(visit.page().getByRole(AriaRole.TEXTBOX)).isFocused();

        // When
        leave(way);

        // Then
        assertThat(visit.page().getByRole(AriaRole.TEXTBOX)).hasCount(0);
        assertThat(focused()).isEqualTo("Edit …");
    }

    private void leave(String way) {
        if (way.equals("Cancel")) {
            enter(way);
        } else {
            visit.page().keyboard().press(way);
        }
    }

    /** Goes on from stop to stop, each of which is seen to have the focus, until the one with this name, and enters it. */
    private void enter(String name) {
        assertThat(visit.page().locator("h1")).isVisible();
        for (int i = 0; i < STOPS; i++) {
            goOn();
            assertThat(visit.page().evaluate(OUTLINE_OF_FOCUSED))
                    .as("the outline of %s", focused())
                    .isNotEqualTo("none");
            if (focused().equals(name)) {
                visit.page().keyboard().press("Enter");
                return;
            }
        }
        fail("no stop is named " + name);
    }

    /** The browser answers before the focus has moved. */
    private void goOn() {
        visit.page().evaluate("window.stop = document.activeElement");
        visit.page().keyboard().press("Tab");
        await().pollInSameThread()
                .until(() -> (boolean) visit.page().evaluate("document.activeElement !== window.stop"));
    }

    private String focused() {
        return (String) visit.page().evaluate(NAME_OF_FOCUSED);
    }

    private void assertFocusOn(String heading) {
        assertThat(visit.heading(heading)).isFocused();
    }
}
