package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vitallyrelay.process.ProjectRoutes;
import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Takes the pictures of the documentation, {@code docs/images}, where {@code -Dpage.pictures=write} asks for it. */
@EnabledIfSystemProperty(named = "page.pictures", matches = "write")
class PagePicturesIT {
    private static final Path IMAGES = Path.of("docs/images");
    private static final long MOST_BYTES = 200_000;
    private static final String REFUSED = "Baker, Lee and Partners";

    @TempDir
    private Path folder;

    @Test
    void theyShowTheSamplesAndALetter() throws Exception {
        try (Browser browser = Browser.start();
                ServedPage served = new ServedPage(folder, PagePicturesIT::refuseOne)) {
            for (String integration : List.of("custom-objects-csv", "user-moves-csv", "users-jsonl")) {
                ProjectRoutes.copyIntegration(integration, served.routes());
            }
            served.relay().start();
            drop(served, "accounts-csv", "sample.csv");
            drop(served, "custom-objects-csv", "sample.csv");
            drop(served, "user-moves-csv", "sample.csv");
            drop(served, "users-jsonl", "sample.jsonl");
            drop(served, "messages", "sample.jsonl");
            try (Visit visit = browser.visit(served.address())) {
                visit.open("");
                assertThat(visit.figure("pending")).hasText("0");
                assertThat(visit.figure("read")).hasText("39");
                take(visit, "overview.png");
                visit.open("letters?code=refused");
                visit.onlyLetter().click();
                assertThat(visit.page().locator(".sides")).isVisible();
                take(visit, "letter.png");
            }
        }
    }

    private static Answer refuseOne(BatchRequest request, Behaviour.Endpoint next) throws InterruptedException {
        return new String(request.body(), StandardCharsets.UTF_8).contains(REFUSED)
                ? Answer.error(400, "the account 1002 is archived")
                : next.answer(request);
    }

    private static void drop(ServedPage served, String integration, String sample) throws Exception {
        served.relay().drop(integration, sample, Files.readAllBytes(Path.of("routes", integration, sample)));
    }

    private static void take(Visit visit, String name) throws Exception {
        Path image = Files.createDirectories(IMAGES).resolve(name);
        visit.page().screenshot(new Page.ScreenshotOptions().setPath(image));
        assertThat(Files.size(image)).as("bytes of %s", image).isLessThan(MOST_BYTES);
    }
}
