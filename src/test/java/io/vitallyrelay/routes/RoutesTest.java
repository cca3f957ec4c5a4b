package io.vitallyrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vitallyrelay.sample.Fed;
import io.vitallyrelay.sample.Feed;
import io.vitallyrelay.sample.InboxFeed;
import io.vitallyrelay.sample.QueueFeed;
import io.vitallyrelay.sample.Sample;
import io.vitallyrelay.sample.TableFeed;
import io.vitallyrelay.settings.Settings;
import io.vitallyrelay.settings.SettingsTable;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.Spool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the samples of each folder below {@code relay.routes} through their routes, from the source to the sandbox, and
 * compares what came with {@code expected.jsonl} and {@code expected-dead-letters.jsonl}. What came is left in
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
    Tables tables;

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
        List<Sample> samples = Sample.in(settings.get(SettingsTable.ROUTES)).stream()
                .filter(sample -> sample.integration().equals(only.orElse(sample.integration())))
                .toList();
        return samples.stream()
                .map(sample -> dynamicTest(sample.toString(), () -> sampleBecomesWhatIsExpected(sample)));
    }

    @Test
    void everyIntegrationHasASample() throws IOException {
        // When
        List<String> integrations = integrations(settings.get(SettingsTable.ROUTES));

        // Then
        assertThat(Sample.in(settings.get(SettingsTable.ROUTES)))
                .as(
                        "each folder below %s needs a file sample.<ending>, which its route takes",
                        settings.get(SettingsTable.ROUTES))
                .extracting(Sample::integration)
                .containsAll(integrations)
                .contains(only.orElse(integrations.get(0)));
    }

    private void sampleBecomesWhatIsExpected(Sample sample) throws IOException {
        // Given
        String integration = sample.integration();
        assertThat(sample.expected()).as("the messages that %s becomes", sample).exists();
        List<String> expected = lines(sample.expected());
        List<String> expectedDeadLetters =
                Files.exists(sample.expectedDeadLetters()) ? lines(sample.expectedDeadLetters()) : List.of();
        int before = Files.readAllLines(journal).size();
        long deadBefore = spool.deadLetters().count(of(integration));

        // When
        Fed fed = feeds().get(sample.kind()).feed(sample);
        await("the route " + integration + " takes " + sample + " and all it became is delivered or dead")
                .atMost(PATIENCE)
                .until(() -> fed.isTaken() && isSettled(integration));

        // Then
        List<String> messages = Files.readAllLines(journal).stream()
                .skip(before)
                .map(line -> line.split("\t", 3)[2])
                .toList();
        Path results = Files.createDirectories(Path.of("target", "integrations", integration));
        Path received = Files.writeString(
                results.resolve(name(sample.expected(), "expected", "received")),
                ComparedMessages.received(messages, expected));
        Path dead = Files.writeString(
                results.resolve(name(sample.expectedDeadLetters(), "expected-", "")),
                deadLetters(integration, deadBefore, fed));
        assertSoftly(softly -> {
            softly.assertThat(received).hasContent(ComparedMessages.expected(expected));
            softly.assertThat(dead).hasContent(ComparedMessages.expected(expectedDeadLetters));
        });
    }

    private Map<Sample.Kind, Feed> feeds() {
        String database = settings.dataSources().get("main").url();
        return Map.of(
                Sample.Kind.FILE,
                new InboxFeed(settings.get(SettingsTable.DATA)),
                Sample.Kind.QUEUE,
                new QueueFeed(settings.get(SettingsTable.JMS_URL)),
                Sample.Kind.TABLE,
                new TableFeed(() -> DriverManager.getConnection(database), this::polls));
    }

    private long polls(String integration) {
        return tables.of(integration).orElseThrow().status().polls();
    }

    private boolean isSettled(String integration) {
        Counts counts = spool.ledger().totals(integration);
        return !counts.equals(Counts.NONE) && counts.pending() == 0;
    }

    /** @param before how many there were before the sample */
    private String deadLetters(String integration, long before, Fed fed) {
        return ComparedMessages.lines(spool.deadLetters().page(of(integration), 0, Integer.MAX_VALUE).letters().stream()
                .skip(before)
                .map(letter -> Map.of(
                        "position", fed.nameOf(letter.origin().position()),
                        "reason", letter.refusal().reason()))
                .toList());
    }

    private static DeadLetterFilter of(String integration) {
        return DeadLetterFilter.ofIntegration(integration);
    }

    private static List<String> integrations(Path routes) throws IOException {
        try (Stream<Path> folders = Files.list(routes)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file, String beginning, String otherwise) {
        return file.getFileName().toString().replaceFirst(beginning, otherwise);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
    }
}
