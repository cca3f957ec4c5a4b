package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.regex.Pattern.compile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import io.vitallyrelay.sandbox.RefusesMessagesThat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does on the page, in a real browser, with the packaged service behind it. */
class PageIT {
    private static final String HEADER = "account_id,name,organization_id,plan,mrr,seats,renewal_date\n";
    private static final String USER =
            "{\"type\":\"user\",\"userId\":\"u1\",\"accountId\":\"a\",\"traits\":{\"size\":%s}}\n";
    private static final AtomicBoolean REFUSES = new AtomicBoolean();

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ServedPage served;
    private Sums before;
    private Visit visit;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        served = new ServedPage(folder, new RefusesMessagesThat(message -> REFUSES.get()));
        served.relay().start();
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
    void visit() throws Exception {
        before = served.relay().sums();
        visit = browser.visit(served.address());
    }

    /** Each test finds no letters. */
    @AfterEach
    void leave() throws Exception {
        visit.close();
        served.relay().post("/api/dead-letters/discard", "{\"filter\":{},\"why\":\"the test is over\"}");
        await().until(() -> served.relay().sums().dead() == 0);
    }

    @Test
    void aBadRowOfASampleIsEditedReplayedAndDelivered() throws Exception {
        // Given
        visit.open("");
        served.relay().drop("accounts-csv", "sample.csv", sample());

        // When
        visit.link(compile("3 dead letters of accounts-csv")).click();
        visit.link(compile("mrr: must be a number, got …")).click();
        visit.onlyLetter().click();
        visit.button("Edit …").click();
        Locator record = visit.page().getByRole(AriaRole.TEXTBOX);
        record.fill(record.inputValue().replace("\"n/a\"", "\"49\""));
        visit.button("Replay edited").click();

        // Then
        assertThat(visit.page().getByText("1 letter sent again, of 1")).hasCount(2);
        visit.open("");
        assertThat(visit.figure("delivered")).hasText(after(6));
        assertThat(visit.figure("dead")).hasText("2");
        assertThat(served.accepted().messages()).extracting(PageIT::mrr).contains("49");
        assertThat(visit.troubles()).isEmpty();
    }

    @Test
    void anEditThatWouldBeRefusedIsToldBesideItAndTheLetterStays() throws Exception {
        // Given
        served.relay().drop("accounts-csv", "one.csv", HEADER + "a1,A,,Team,n/a,1,\n");
        awaitSettled(0, 1);
        visit.open("letters");
        visit.onlyLetter().click();

        // When
        visit.button("Edit …").click();
        visit.button("Replay edited").click();

        // Then
        assertThat(visit.page().locator("form.editor").getByRole(AriaRole.ALERT))
                .hasText("mrr: must be a number, got \"n/a\"");
        assertThat(served.relay().sums().dead()).isEqualTo(1);
        assertThat(visit.troubles()).singleElement().asString().contains("400");
    }

    @Test
    void anEditKeepsTheDigitsOfItsNumbers() throws Exception {
        // Given
        REFUSES.set(true);
        served.relay().drop("messages", "one.jsonl", USER.formatted("12345678901234567890"));
        awaitSettled(0, 1);
        REFUSES.set(false);
        visit.open("letters");
        visit.onlyLetter().click();

        // When
        visit.button("Edit …").click();
        visit.button("Replay edited").click();
        awaitSettled(1, 0);

        // Then
        assertThat(served.accepted().messages())
                .extracting(each -> each.message().at("/traits/size").asText())
                .contains("12345678901234567890");
    }

    @Test
    void chosenLettersAreDiscardedWithAReasonAndStandInTheAudit() throws Exception {
        // Given
        served.relay().drop("accounts-csv", "some.csv", HEADER + "a1,A,,Team,n/a,1,\na2,B,,Team,?,1,\n");
        awaitSettled(0, 2);
        visit.open("letters");

        // When
        visit.page().getByLabel(compile("Choose letter")).first().check();
        visit.button("Discard 1 chosen …").click();
        visit.page().getByLabel("Why they are discarded").fill("a test account");
        visit.page().getByLabel("Your name").fill("anna");
        visit.dialogButton("Discard").click();

        // Then
        assertThat(visit.page().getByText("1 letter discarded, of 1").first()).isVisible();
        visit.open("");
        assertThat(visit.figure("dead")).hasText("1");
        visit.open("audit");
        Locator deed = visit.page().locator("tbody tr").first();
        assertThat(deed).containsText("anna");
        assertThat(deed).containsText("a test account");
        assertThat(visit.troubles()).isEmpty();
    }

    @Test
    void heldLanesAreShownWithTheirReasonAndReleased() throws Exception {
        // Given
        visit.open("");
        visit.button("Hold all lanes …").click();
        visit.page().getByLabel("Reason").fill("maintenance");

        // When
        visit.dialogButton("Hold").click();

        // Then
        assertThat(visit.page().getByLabel("Holds")).containsText("All lanes are held");
        assertThat(visit.page().getByLabel("Holds")).containsText("maintenance");
        served.relay().drop("messages", "one.jsonl", USER.formatted("1"));
        assertThat(visit.figure("pending")).hasText("1");

        // When
        visit.button("Release all").click();
        visit.dialogButton("Release").click();

        // Then
        assertThat(visit.figure("delivered")).hasText(after(1));
        assertThat(visit.page().getByLabel("Holds")).hasCount(0);
        assertThat(visit.troubles()).isEmpty();
    }

    @Test
    void nobodyIsAskedWhileThePageIsHidden() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        visit.page().clock().install();
        visit.open("");
        assertThat(visit.figure("dead")).hasText("0");
        visit.page()
                .evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away, configurable: true })");
        visit.page().onRequest(request -> requests.incrementAndGet());

        // When
        look(true);
        visit.page().clock().runFor(60_000);

        // Then
        assertThat(requests).hasValue(0);

        // When
        visit.page().waitForRequest("**/api/ledger*", () -> look(false));

        // Then
        assertThat(requests.get()).isPositive();
    }

    private void look(boolean away) {
        visit.page()
                .evaluate(
                        "away => { window.away = away; document.dispatchEvent(new Event('visibilitychange')); }", away);
    }

    /** Waits until so many more were delivered, and so many letters are there. */
    private void awaitSettled(long delivered, long dead) {
        await().untilAsserted(() -> {
            Sums now = served.relay().sums();
            assertThat(now.delivered() - before.delivered()).isEqualTo(delivered);
            assertThat(now.dead()).isEqualTo(dead);
            assertThat(now.pending()).isZero();
        });
    }

    /** So many more than before, as it is shown. */
    private String after(long more) {
        return String.format(Locale.ROOT, "%,d", before.delivered() + more);
    }

    private static byte[] sample() throws Exception {
        return Files.readAllBytes(Path.of("routes/accounts-csv/sample.csv"));
    }

    private static String mrr(Accepted accepted) {
        JsonNode mrr = accepted.message().at("/traits/mrr");
        return mrr.asText();
    }
}
