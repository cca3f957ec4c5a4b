package io.vitallyrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the sample of each folder below {@code relay.routes} through its route, from the inbox to the sandbox, and compares
 * what came with {@code expected.jsonl} and {@code expected-dead-letters.jsonl}. What came is left in
 * {@code target/integrations/<name>}. {@code -Drelay.test.integration=<name>} runs one folder alone.
 */
@QuarkusTest
@QuarkusTestResource(value = SandboxForRoutes.class, restrictToAnnotatedClass = true)
class RoutesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Settings settings;

    @Inject
    Spool spool;

    @Inject
    CamelRuntime camel;

    @ConfigProperty(name = SandboxForRoutes.JOURNAL)
    Path journal;

    @ConfigProperty(name = SandboxForRoutes.ONLY)
    Optional<String> only;

    /** Outside of a test the service's main class starts it. */
    @BeforeEach
    void startRoutes() {
        camel.start();
    }

    @TestFactory
    Stream<DynamicTest> samplesBecomeWhatIsExpected() throws IOException {
        List<IntegrationFolder> folders = IntegrationFolder.below(settings.routes()).stream()
                .filter(folder -> folder.name().equals(only.orElse(folder.name())))
                .toList();
        assertThat(folders)
                .as("folders below %s with the name %s", settings.routes(), only.orElse("of any kind"))
                .isNotEmpty();
        return folders.stream().map(folder -> dynamicTest(folder.name(), () -> sampleBecomesWhatIsExpected(folder)));
    }

    private void sampleBecomesWhatIsExpected(IntegrationFolder folder) throws IOException {
        // Given
        Path sample = folder.sample();
        List<String> expected = folder.expected();
        List<String> expectedDeadLetters = folder.expectedDeadLetters();
        int before = Files.readAllLines(journal).size();

        // When
        Path dropped = drop(sample, folder.name());
        await("the route " + folder.name() + " reads " + dropped + " and all it became is delivered or dead")
                .atMost(PATIENCE)
                .until(() -> Files.notExists(dropped) && isSettled(folder.name()));

        // Then
        List<String> messages = Files.readAllLines(journal).stream()
                .skip(before)
                .map(line -> line.split("\t", 3)[2])
                .toList();
        Path results = Files.createDirectories(Path.of("target", "integrations", folder.name()));
        Path received =
                Files.writeString(results.resolve("received.jsonl"), ComparedMessages.received(messages, expected));
        Path dead = Files.writeString(results.resolve("dead-letters.jsonl"), deadLetters(folder.name()));
        assertSoftly(softly -> {
            softly.assertThat(received).hasContent(ComparedMessages.expected(expected));
            softly.assertThat(dead).hasContent(ComparedMessages.expected(expectedDeadLetters));
        });
    }

    /** Appears in the inbox whole, and old enough to be read at once. */
    private Path drop(Path sample, String integration) throws IOException {
        Path inbox = Files.createDirectories(settings.data().resolve("inbox").resolve(integration));
        Path copy = Files.copy(sample, inbox.resolve("." + sample.getFileName()));
        Files.setLastModifiedTime(copy, FileTime.from(Instant.now().minusSeconds(60)));
        return Files.move(copy, inbox.resolve(sample.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isSettled(String integration) {
        List<UnitCounts> units = spool.units().stream()
                .filter(unit -> unit.integration().equals(integration))
                .toList();
        return !units.isEmpty() && units.stream().allMatch(unit -> unit.pending() == 0);
    }

    private String deadLetters(String integration) {
        return ComparedMessages.lines(
                spool.deadLetters(new DeadLetterFilter(integration, null, null), 0, Integer.MAX_VALUE).stream()
                        .map(letter -> Map.of(
                                "position", letter.origin().position(),
                                "reason", letter.refusal().reason()))
                        .toList());
    }
}
