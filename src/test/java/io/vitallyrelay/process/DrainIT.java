package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.process.RelayProcess.Sums;
import io.vitallyrelay.sandbox.Answer;
import io.vitallyrelay.sandbox.AnswersRetryAfter;
import io.vitallyrelay.sandbox.AnswersStatus;
import io.vitallyrelay.sandbox.BatchRequest;
import io.vitallyrelay.sandbox.Behaviour;
import io.vitallyrelay.sandbox.HangsBeforeAnswering;
import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Asked to end, the service sends what it has in hand, for a limited time, says what is left, and loses nothing. */
class DrainIT {
    private static final int LANES = 4;
    private static final int SIGTERM = 143;
    private static final int EVERY = Integer.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration AFTER_GRACE = Duration.ofSeconds(5);
    private static final Pattern REPORT =
            Pattern.compile("([\\d,]+) delivered, ([\\d,]+) dead, ([\\d,]+) still pending");

    private final RemembersAccepted accepted = new RemembersAccepted();
    private final AtomicInteger requests = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void openBatchesAreSentBeforeTheEnd() throws Exception {
        // Given messages that fill no batch, and a window that does not end
        Sequences sequences = new Sequences(50, 150, 0);
        try (Sandbox sandbox = sandbox(accepted);
                RelayProcess relay =
                        relay(sandbox.url()).with("VITALLY_BATCH_WINDOW", "1h").start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(relay.done("messages", "numbers.jsonl")).exists());
            assertThat(accepted.count()).isZero();

            // When
            int status = relay.stop();

            // Then
            assertThat(status).isEqualTo(SIGTERM);
            sequences.assertCame(accepted.messages(), 0);
            assertThat(report(relay)).isEqualTo(new Sums(150, 150, 0, 0));
        }
    }

    @Test
    void anAnswerThatComesWithinTheGraceIsWaitedFor() throws Exception {
        // Given a batch of each lane under way, which its window completed
        Sequences sequences = new Sequences(50, 150, 0);
        HangsBeforeAnswering hanging = new HangsBeforeAnswering(LANES);
        try (Sandbox sandbox = sandbox(this::count, hanging, accepted);
                RelayProcess relay = relay(sandbox.url())
                        .with("VITALLY_BATCH_WINDOW", "500ms")
                        .start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE).until(() -> requests.get() == LANES);
            relay.askToEnd();
            await().atMost(PATIENCE).until(() -> relay.output().contains("stopping:"));

            // When
            hanging.release();
            relay.awaitExit(PATIENCE);

            // Then
            assertThat(report(relay).delivered()).isPositive();
            assertThat(report(relay).pending()).isZero();
            sequences.assertCame(accepted.messages(), 0);
        }
    }

    static Stream<Arguments> endpointsThatTakeNothing() {
        return Stream.of(
                Arguments.of("hangs", new HangsInTheMiddle(0)),
                Arguments.of("answers 503", new AnswersStatus(503, EVERY)),
                Arguments.of("asks for a pause", new AnswersRetryAfter("300", EVERY)),
                Arguments.of("refuses the token", new AnswersStatus(401, EVERY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endpointsThatTakeNothing")
    void anEndpointThatTakesNothingIsNotWaitedForLongerThanTheGrace(String name, Behaviour takesNothing)
            throws Exception {
        // Given more messages than batches are under way
        Sequences sequences = new Sequences(50, 2_000, 0);
        try (Sandbox sandbox = sandbox(this::count, takesNothing, accepted);
                RelayProcess relay = relay(sandbox.url())
                        .with("RELAY_SHUTDOWN_GRACE", GRACE.toSeconds() + "s")
                        .start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            awaitRequestsAndRead(relay, sequences.messages());

            // When
            relay.askToEnd();
            relay.awaitExit(GRACE.plus(AFTER_GRACE));

            // Then
            Sums reported = report(relay);
            assertThat(reported).isEqualTo(new Sums(sequences.messages(), 0, 0, sequences.messages()));
            sandbox.close();
            assertThatTheNextStartGoesOn(relay, reported, sandbox.url(), sequences);
        }
    }

    @Test
    void aHoldIsNotWaitedFor() throws Exception {
        // Given a grace that is longer than the test waits
        Sequences sequences = new Sequences(50, 2_000, 0);
        try (Sandbox sandbox = sandbox(accepted);
                RelayProcess relay =
                        relay(sandbox.url()).with("RELAY_SHUTDOWN_GRACE", "10m").start()) {
            relay.post("/api/lanes/hold?reason=test");
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE).until(() -> relay.sums().read() == sequences.messages());

            // When
            relay.stop();

            // Then
            assertThat(report(relay)).isEqualTo(new Sums(sequences.messages(), 0, 0, sequences.messages()));
            assertThat(accepted.count()).isZero();
        }
    }

    @Test
    void aFileIsBrokenOffBetweenItsRowsAndABacklogIsNotWaitedFor() throws Exception {
        // Given a file that takes some seconds, and a second signal, which changes nothing
        Sequences sequences = new Sequences(500, 150_000, 0);
        try (Sandbox sandbox = sandbox(this::count, accepted);
                RelayProcess relay =
                        relay(sandbox.url()).with("RELAY_SHUTDOWN_GRACE", "10m").start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> requests.get() > 10);

            // When
            relay.askToEnd();
            relay.askToEnd();
            relay.awaitExit(PATIENCE);

            // Then
            assertThat(relay.inbox("messages").resolve("numbers.jsonl")).exists();
            sandbox.close();
            assertThatTheNextStartGoesOn(relay, report(relay), sandbox.url(), sequences);
        }
    }

    @Test
    void aSourceThatWaitsForRoomIsNotWaitedFor() throws Exception {
        // Given a file that does not fit into the spool, and an endpoint that takes nothing
        Sequences sequences = new Sequences(50, 30_000, 1_000);
        try (Sandbox sandbox = sandbox(new AnswersStatus(503, EVERY), accepted);
                RelayProcess relay = relay(sandbox.url())
                        .with("RELAY_SPOOL_MAX_BYTES", "16MiB")
                        .with("RELAY_SHUTDOWN_GRACE", GRACE.toSeconds() + "s")
                        .start()) {
            relay.drop("messages", "numbers.jsonl", sequences.lines());
            await().atMost(PATIENCE).until(() -> relay.get("/q/health").body().contains("\"full\": true"));

            // When
            relay.askToEnd();
            relay.awaitExit(GRACE.plus(AFTER_GRACE));

            // Then
            assertThat(relay.output()).contains("stays in the inbox: the service stops");
            sandbox.close();
            assertThatTheNextStartGoesOn(relay, report(relay), sandbox.url(), sequences);
        }
    }

    private Answer count(BatchRequest request, Behaviour.Endpoint next) throws InterruptedException {
        requests.incrementAndGet();
        return next.answer(request);
    }

    private void awaitRequestsAndRead(RelayProcess relay, int messages) {
        await().atMost(PATIENCE).until(() -> requests.get() > 0 && relay.sums().read() == messages);
    }

    /** The next start finds what the report said, and all that is left comes once the endpoint is there. */
    private void assertThatTheNextStartGoesOn(RelayProcess relay, Sums reported, URI url, Sequences sequences)
            throws Exception {
        relay.with("VITALLY_RETRY_MAX", "1s").start();
        assertThat(relay.output()).contains("%,d messages are pending".formatted(reported.pending()));
        try (Sandbox back = Sandbox.start(settings(accepted).onPort(url.getPort()))) {
            relay.awaitSettled(sequences.messages(), 0);
            sequences.assertCame(accepted.messages(), LANES * 100);
        }
    }

    private static SandboxSettings settings(Behaviour... behaviours) {
        return SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(behaviours);
    }

    private static Sandbox sandbox(Behaviour... behaviours) throws IOException {
        return Sandbox.start(settings(behaviours));
    }

    private RelayProcess relay(URI url) {
        return RelayProcess.in(folder).postingTo(url).with("VITALLY_LANES", Integer.toString(LANES));
    }

    /** What it said that the stop did; read is the sum. */
    private static Sums report(RelayProcess relay) {
        Matcher report = REPORT.matcher(relay.output());
        assertThat(report.find()).as("a report in%n%s", relay.output()).isTrue();
        long delivered = number(report.group(1));
        long dead = number(report.group(2));
        long pending = number(report.group(3));
        return new Sums(delivered + dead + pending, delivered, dead, pending);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }
}
