package io.vitallyrelay.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.sandbox.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that wants to be more than text, in every field that is shown, is text. */
class HostileTextIT {
    private static final String TAG = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    private static final String ADDRESS = "javascript:window.hacked=1";
    /** Turns the direction of what follows around. */
    private static final String TURNED = "a\u202egnp.exe\u2066b";

    private static final String CONTROLS = "\u001b[31m\u0007\u0085\u200b";

    private static final String HOSTILE = TAG + ADDRESS + TURNED + CONTROLS;
    private static final String LONG = "x".repeat(100_000);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static ServedPage served;
    private Visit visit;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        served = new ServedPage(folder, (request, next) -> new Answer(400, Map.of(), HOSTILE + LONG));
        served.relay()
                .with("VITALLY_MESSAGE_BYTES", "400000")
                .with("RELAY_TAP_BODIES", "true")
                .start();
        String name = TAG.replace('/', '|') + TURNED + ".jsonl";
        served.relay().drop("messages", name, refused() + noMessage() + "{ " + HOSTILE + LONG + "\n");
        served.relay().awaitSettled(0, 3);
        String hostile = URLEncoder.encode(HOSTILE, StandardCharsets.UTF_8);
        served.relay().post("/api/lanes/hold?reason=" + hostile + "&by=" + hostile);
        ObjectNode discard = MAPPER.createObjectNode().put("why", HOSTILE).put("by", HOSTILE);
        discard.putArray("ids").add("999999");
        served.relay().post("/api/dead-letters/discard", discard.toString());
    }

    private static String refused() {
        ObjectNode message = MAPPER.createObjectNode()
                .put("type", "user")
                .put("userId", HOSTILE)
                .put("accountId", HOSTILE)
                .put("messageId", HOSTILE);
        message.putObject("traits").put(HOSTILE, HOSTILE).put("long", LONG);
        return message + "\n";
    }

    private static String noMessage() {
        return MAPPER.createObjectNode().put("type", HOSTILE).put(HOSTILE, LONG) + "\n";
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
        visit = browser.visit(
                served.address(), new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(360, 740));
    }

    @AfterEach
    void leave() {
        visit.close();
    }

    @ParameterizedTest(name = "at {0}")
    @ValueSource(strings = {"", "letters", "jobs", "jobs/1", "audit"})
    void itIsShownAsText(String place) {
        // When
        visit.open(place);

        // Then
        assertThat(visit.page().locator("main")).containsText("<img src=x onerror=\"window.hacked=1\">");
        assertThatItIsText();
    }

    @ParameterizedTest(name = "letter with {0}")
    @ValueSource(strings = {"message", "record", "raw"})
    void everyFieldOfALetterIsShownAsText(String content) throws Exception {
        // Given
        String id = StreamSupport.stream(served.relay().deadLetters().spliterator(), false)
                .filter(letter -> letter.has(content))
                .findAny()
                .orElseThrow()
                .path("id")
                .asText();

        // When
        visit.open("letters/" + id);

        // Then
        assertThat(visit.page().locator("main")).containsText("<img src=x onerror=");
        assertThat(visit.page().locator("main")).containsText("a\\u202egnp.exe\\u2066b");
        assertThatItIsText();
    }

    private void assertThatItIsText() {
        assertThat(visit.page().locator("main :is(img, script, iframe, [onerror], a[href^='javascript'])"))
                .hasCount(0);
        String shown = visit.page().locator("body").innerText();
        assertThat(shown)
                .doesNotContainPattern(
                        "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]");
        assertThat(visit.page().evaluate("window.hacked ?? null")).isNull();
        assertThat((int) visit.page().evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels that the page is too wide by")
                .isNotPositive();
        assertThat(visit.troubles()).isEmpty();
    }
}
