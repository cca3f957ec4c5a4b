package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each view can be read and used by everybody: axe finds nothing that is serious, and nothing is wider than a phone. */
class AccessibilityIT {
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ServedPage served;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        served = new ServedPage(folder);
        served.relay().start();
        served.relay()
                .drop("accounts-csv", "sample.csv", Files.readAllBytes(Path.of("routes/accounts-csv/sample.csv")));
        served.relay().awaitSettled(5, 3);
        served.relay().post("/api/dead-letters/replay", "{\"filter\":{},\"dryRun\":true}");
        served.relay().post("/api/dead-letters/discard", "{\"ids\":[\"999\"],\"why\":\"a test\"}");
        served.relay().post("/api/lanes/hold?reason=maintenance");
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

    @ParameterizedTest(name = "{0}, {1} pixels")
    @CsvSource({"LIGHT, 1280", "LIGHT, 360", "DARK, 1280", "DARK, 360"})
    void noViewKeepsAnybodyOut(ColorScheme scheme, int width) throws Exception {
        String letter = served.relay().deadLetters().get(0).path("id").asText();
        try (Visit visit = browser.visit(
                served.address(), new NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800))) {
            check(visit.open(""), "Overview");
            visit.button("Hold all lanes …").click();
            assertThat(visit.dialog()).isVisible();
            assertFine(visit);
            check(visit.open("letters?code=mapping"), "Dead letters");
            check(visit.open("letters?code=expired"), "Dead letters");
            check(visit.open("letters/" + letter), "Dead letter " + letter);
            visit.button("Edit …").click();
            assertFine(visit);
            check(visit.open("jobs"), "Jobs");
            check(visit.open("jobs/1"), "Job 1");
            check(visit.open("audit"), "Audit");
        }
    }

    private static void check(Visit visit, String heading) {
        assertThat(visit.heading(heading)).isVisible();
        assertThat(visit.page().locator(".pane").first()).isVisible();
        assertFine(visit);
    }

    private static void assertFine(Visit visit) {
        assertThat(new AxeBuilder(visit.page()).setLegacyMode(true).analyze().getViolations())
                .as(visit.page().url())
                .filteredOn(rule -> GRAVE.contains(rule.getImpact()))
                .extracting(rule -> rule.getHelp() + " " + List.copyOf(rule.getNodes()))
                .isEmpty();
        assertThat((int) visit.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels that %s is too wide by", visit.page().url())
                .isNotPositive();
    }
}
