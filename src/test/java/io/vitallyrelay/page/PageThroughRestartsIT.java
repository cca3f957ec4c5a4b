package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.regex.Pattern.compile;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a service that is started again, or is gone. */
class PageThroughRestartsIT {
    private static final String HEADER = "account_id,name,organization_id,plan,mrr,seats,renewal_date\n";
    private static Browser browser;

    @TempDir
    private Path folder;

    private ServedPage served;
    private Visit visit;

    @BeforeAll
    static void startBrowser() {
        browser = Browser.start();
    }

    @AfterAll
    static void endBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() throws Exception {
        served = new ServedPage(folder);
        served.relay().start();
    }

    @AfterEach
    void end() throws Exception {
        if (visit != null) {
            visit.close();
        }
        served.close();
    }

    @Test
    void aGroupIsMappedAgainOnceItsMappingIsMended() throws Exception {
        // Given
        served.relay()
                .drop("accounts-csv", "some.csv", HEADER + "a1,A,,Team,n/a,1,\na2,B,,Team,?,1,\na3,C,,Team,7,one,\n");
        served.relay().awaitSettled(0, 3);
        mendMapping();
        visit = browser.visit(served.address()).open("letters");

        // When
        visit.link(compile("mrr: must be a number, got …")).click();
        visit.button("Try all 2").click();
        visit.dialogButton("Try").click();
        assertThat(visit.page().getByText("2 letters would be sent again, of 2").first())
                .isVisible();
        assertThat(visit.page().getByText("\"accountId\": \"a1\"")).isVisible();
        visit.button("Replay these 2 …").click();
        visit.dialogButton("Replay").click();

        // Then
        assertThat(visit.page().getByText("2 letters sent again, of 2").first()).isVisible();
        served.relay().awaitSettled(2, 1);
        assertThat(visit.troubles()).isEmpty();
    }

    @Test
    void whatWasSeenLastStaysWhileTheServiceIsAwayAndThatIsSaid() throws Exception {
        // Given
        served.relay().drop("accounts-csv", "one.csv", HEADER + "a1,A,,Team,7,1,\n");
        visit = browser.visit(served.address()).open("");
        assertThat(visit.figure("delivered")).hasText("1");

        // When
        served.relay().kill9();

        // Then
        assertThat(visit.page().getByRole(AriaRole.ALERT))
                .containsText("The service cannot be reached. What you see is from");
        assertThat(visit.figure("delivered")).hasText("1");
    }

    /** What is no number is left out from now on. */
    private void mendMapping() throws Exception {
        Path mapping = served.routes().resolve("accounts-csv/mapping.jq");
        String mended = Files.readString(mapping).replaceAll("error\\(\"\\\\\\(\\$column.*\\)", "null");
        served.relay().stop();
        Files.writeString(mapping, mended);
        served.relay().start();
    }
}
