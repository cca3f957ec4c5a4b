package io.vitallyrelay.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Chromium that is installed, without a window. The one that {@code -Dtest.browser} or {@code TEST_BROWSER} names has to be
 * there; where none is named and none is found, tests that need one are skipped.
 */
final class Browser implements AutoCloseable {
    private static final List<String> USUAL = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser");

    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Path executable = executable();
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                // Chromium has none for root
                                .setChromiumSandbox(
                                        !System.getProperty("user.name").equals("root"))));
    }

    private static Path executable() {
        String named = Optional.ofNullable(System.getProperty("test.browser")).orElse(System.getenv("TEST_BROWSER"));
        if (named != null) {
            assertThat(Path.of(named)).as("the browser that is named").isExecutable();
            return Path.of(named);
        }
        Optional<Path> found =
                USUAL.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        assumeThat(found)
                .as("a browser: install Chromium (apt-get install chromium), or name one by -Dtest.browser=/path/to/it")
                .isPresent();
        return found.orElseThrow();
    }

    /** @param look how the page is looked at, e.g. on a phone */
    Visit visit(String address, com.microsoft.playwright.Browser.NewContextOptions look) {
        return new Visit(browser.newContext(look.setTimezoneId("UTC")), address);
    }

    Visit visit(String address) {
        return visit(address, new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
