package io.vitallyrelay.delivery.camel;

import static io.vitallyrelay.faults.Faults.answers;
import static io.vitallyrelay.faults.Faults.continues;
import static io.vitallyrelay.faults.Faults.cuts;
import static io.vitallyrelay.faults.Faults.refuses;
import static io.vitallyrelay.faults.Faults.refusesAbove;
import static io.vitallyrelay.faults.Faults.resetsAfterTheBody;
import static io.vitallyrelay.faults.Faults.resetsBeforeTheBody;
import static io.vitallyrelay.faults.Faults.resetsInTheMiddleOfTheBody;
import static io.vitallyrelay.faults.Faults.takes;
import static io.vitallyrelay.faults.Faults.takesAndAnswersInChunks;
import static io.vitallyrelay.faults.Faults.takesAndAnswersTwice;
import static io.vitallyrelay.faults.Faults.takesAndCloses;
import static io.vitallyrelay.faults.Faults.takesAndCutsTheChunks;
import static io.vitallyrelay.faults.Faults.takesAndCutsTheHead;
import static io.vitallyrelay.faults.Faults.takesAndHangs;
import static io.vitallyrelay.faults.Faults.takesAndHangsUpAfterwards;
import static io.vitallyrelay.faults.Faults.takesAndResets;
import static io.vitallyrelay.faults.Faults.takesAndTrickles;
import static io.vitallyrelay.faults.Faults.talksOfOtherThings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.Verdict;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Limits;
import io.vitallyrelay.delivery.camel.DeliveryRoute.Options;
import io.vitallyrelay.faults.Fault;
import io.vitallyrelay.faults.FaultServer;
import io.vitallyrelay.faults.Request;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The delivery route against an endpoint that goes wrong, on real sockets. What every row asserts: nothing is lost, the order
 * of each user is kept, the ledger balances whenever a request comes, only what the endpoint refuses for its content is a dead
 * letter, and what is sent again is the same batch with the same messageIds.
 */
@Timeout(60)
class FaultsTest {
    private static final int LANES = 2;
    private static final Limits TENS = new Limits(10, Duration.ofMillis(100), 500_000);
    private static final Options OPTIONS = Options.of(TENS)
            .withLanes(LANES)
            .withProbe(Duration.ofMillis(100))
            .withResponseTimeout(Duration.ofSeconds(20));
    private static final String PAGE = "<!doctype html><html><body>Please log in</body></html>";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final NumberedUsers input = new NumberedUsers(7, 60);
    private final List<UnitCounts> countsAtRequests = new CopyOnWriteArrayList<>();
    private final List<Hold> holds = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private TemporarySpool spool;
    private FaultServer server;
    private FaultServer elsewhere;
    private DeliveryRoute route;

    /** What becomes of a request that met a fault. */
    private enum Then {
        /** Nothing more: it was delivered. */
        DELIVERED,
        SENT_AGAIN,
        /** All lanes were held, and it was sent again. */
        HELD
    }

    /** @param pause how long to wait before it is sent again, at least */
    private record Row(String name, Fault fault, int times, Then then, Duration pause, Options options) {
        static Row delivered(String name, Fault fault) {
            return new Row(name, fault, 2, Then.DELIVERED, Duration.ZERO, OPTIONS);
        }

        static Row sentAgain(String name, Fault fault) {
            return new Row(name, fault, 2, Then.SENT_AGAIN, Duration.ZERO, OPTIONS);
        }

        static Row held(int status, String... headers) {
            return new Row("" + status, answers(status, headers), 1, Then.HELD, OPTIONS.probe(), OPTIONS);
        }

        static Row after(Duration pause, int status, String... headers) {
            String name = status + " " + String.join(", ", headers);
            return new Row(name, answers(status, headers), 1, Then.SENT_AGAIN, pause, OPTIONS);
        }

        Row with(Options other) {
            return new Row(name, fault, times, then, pause, other);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                        answersThatDeliver(),
                        answersToComeBackLater(),
                        pauses(),
                        answersThatHold(),
                        brokenConnections())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> answersThatDeliver() {
        String success = "{\"message\":\"Success.\"}";
        return Stream.of(
                Row.delivered("200", takes()),
                Row.delivered("201", takes(201, success)),
                Row.delivered("202", takes(202, success)),
                Row.delivered("204", takes(204, "")),
                Row.delivered("299", takes(299, success)),
                Row.delivered("200 that is cut", cuts(200)),
                Row.sentAgain("200 that is cut, which is configured to be doubted", cuts(200))
                        .with(OPTIONS.withRetryDoubtful()),
                Row.delivered("200 in chunks that are cut", takesAndCutsTheChunks()),
                Row.delivered("200 that is not JSON", takes(200, "welcome")),
                Row.sentAgain("200 that is not JSON, which is configured to be doubted", takes(200, "OK"))
                        .with(OPTIONS.withRetryDoubtful()),
                Row.delivered("200 without a body", takes(200, "")),
                Row.delivered("200 in chunks", takesAndAnswersInChunks()),
                Row.delivered("200 after 100 Continue", continues(takes())),
                Row.delivered("200 after 100 Continue, twice", continues(continues(takes()))),
                Row.delivered("200 that trickles", takesAndTrickles(5)),
                Row.delivered("200 that says Connection: close", takes(200, success, "Connection: close")));
    }

    private static Stream<Row> answersToComeBackLater() {
        Stream<Row> byStatus = Stream.of(408, 425, 429, 500, 502, 503, 504, 507, 599, 600)
                .map(status -> Row.sentAgain("" + status, answers(status)));
        return Stream.concat(
                byStatus,
                Stream.of(
                        Row.sentAgain("503 that is cut", cuts(503)),
                        Row.sentAgain("503 after 100 Continue", continues(answers(503))),
                        Row.sentAgain("503 without end of the connection", answers(503, "Connection: keep-alive"))));
    }

    private static Stream<Row> pauses() {
        DateTimeFormatter date = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
        Instant theirs = Instant.parse("2020-02-02T02:02:02Z");
        long far = Instant.now().plusSeconds(3_000).getEpochSecond();
        return Stream.of(
                Row.after(SECOND, 429, "Retry-After: 1"),
                Row.after(
                        SECOND,
                        429,
                        "Date: " + date.format(theirs),
                        "Retry-After: " + date.format(theirs.plusSeconds(1))),
                Row.after(SECOND, 429, "RateLimit-Reset: 1"),
                Row.after(SECOND, 429, "X-RateLimit-Reset: 1"),
                Row.after(DeliveryRoute.LONGEST_PAUSE, 429, "X-RateLimit-Reset: " + far),
                Row.after(DeliveryRoute.LONGEST_PAUSE, 429, "X-RateLimit-Reset: " + far * 1_000),
                Row.after(DeliveryRoute.LONGEST_PAUSE, 429, "Retry-After: 3600"),
                Row.after(SECOND, 429, "Retry-After: 1", "RateLimit-Reset: 3600"),
                Row.after(SECOND, 503, "Retry-After: 1"),
                Row.after(Duration.ZERO, 429, "Retry-After: soon"));
    }

    private static Stream<Row> answersThatHold() {
        return Stream.of(
                Row.held(401, "WWW-Authenticate: Basic realm=\"vitally\""),
                Row.held(402),
                Row.held(403),
                Row.held(404),
                Row.held(405, "Allow: GET"),
                Row.held(407, "Proxy-Authenticate: Basic realm=\"proxy\""),
                Row.held(410),
                Row.held(415),
                Row.held(501),
                Row.held(505),
                Row.held(511),
                new Row("200 with a web page", takes(200, PAGE), 1, Then.HELD, OPTIONS.probe(), OPTIONS));
    }

    private static Stream<Row> brokenConnections() {
        return Stream.of(
                Row.sentAgain("reset before the body", resetsBeforeTheBody()),
                Row.sentAgain("reset in the middle of the body", resetsInTheMiddleOfTheBody()),
                Row.sentAgain("reset after the body", resetsAfterTheBody()),
                Row.sentAgain("reset after the body, which was taken", takesAndResets()),
                Row.sentAgain("closed after the body, which was taken", takesAndCloses()),
                Row.sentAgain("an answer that is cut in its head", takesAndCutsTheHead()),
                Row.sentAgain("an answer that is no HTTP", talksOfOtherThings()),
                Row.delivered("two answers to a request", takesAndAnswersTwice()),
                Row.delivered("closed behind the answer", takesAndHangsUpAfterwards()));
    }

    @BeforeEach
    void open() throws Exception {
        spool = TemporarySpool.ofLanes(LANES, folder);
        input.append(spool);
        server = FaultServer.start().telling(this::look);
        elsewhere = FaultServer.start();
    }

    @AfterEach
    void close() throws Exception {
        if (route != null) {
            route.close();
        }
        server.close();
        elsewhere.close();
        spool.close();
    }

    private void look(Request request) {
        countsAtRequests.add(spool.units().get(0));
        if (route != null) {
            holds.addAll(route.gate().holds());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void nothingIsLostAnd(Row row) throws Exception {
        // Given: connections that are in use when the fault comes
        server.first(takes(), takes(), takes(), takes());
        for (int i = 0; i < row.times(); i++) {
            server.first(row.fault());
        }

        // When
        deliver(row.options());

        // Then
        assertEnd(number -> false);
        assertSentAgain(row.then() == Then.DELIVERED ? 0 : row.times());
        assertPausedFor(row.pause());
        assertThat(holds.isEmpty()).isEqualTo(row.then() != Then.HELD);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        // Given
        server.first(takes(), answers(status, "Location: " + elsewhere.url()), answers(status, "Location: /"));

        // When
        deliver(OPTIONS);

        // Then
        assertEnd(number -> false);
        assertSentAgain(2);
        assertThat(elsewhere.requests()).isEmpty();
        assertThat(holds)
                .isNotEmpty()
                .allSatisfy(hold -> assertThat(hold.reason()).contains("" + status));
    }

    @Test
    void anEndpointThatHangsIsAskedAgain() throws Exception {
        // Given
        server.first(takes(), takesAndHangs(), takesAndHangs());

        // When
        deliver(OPTIONS.withResponseTimeout(Duration.ofMillis(500)));

        // Then: a slow machine can let others time out as well
        assertEnd(number -> false);
        assertThat(route.verdicts().stream().filter(verdict -> verdict == Verdict.RETRY))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void anEndpointThatIsNotThereYetIsWaitedFor() throws Exception {
        // Given
        int port = server.url().getPort();
        server.close();
        route = new DeliveryRoute(spool.spool(), server.url(), OPTIONS);
        await().until(() -> route.verdicts().size() > 20);

        // When
        server = FaultServer.onPort(port).telling(this::look);

        // Then
        awaitEnd();
        assertEnd(number -> false);
        assertSentAgain(0);
    }

    @Test
    void anEndpointThatGoesAndComesBackIsWaitedFor() throws Exception {
        // Given
        int port = server.url().getPort();
        FaultServer first = server.then(answers(503)).first(takes(), takes());
        route = new DeliveryRoute(spool.spool(), server.url(), OPTIONS);
        await().until(() -> first.requests().size() > 10);
        first.close();
        await().until(() -> route.verdicts().size() > first.requests().size() + 10);

        // When
        server = FaultServer.onPort(port).telling(this::look);

        // Then
        awaitEnd();
        List<JsonNode> taken = new ArrayList<>(first.taken());
        taken.addAll(server.taken());
        input.assertEnd(spool, taken, number -> false);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void aRefusedMessageBecomesADeadLetter(int status) throws Exception {
        // Given
        server.then(refuses(status, message -> NumberedUsers.number(message) % 20 == 17));

        // When
        deliver(OPTIONS);

        // Then
        assertEnd(number -> number % 20 == 17);
        assertDeadLettersTell(status);
    }

    @Test
    void aBatchThatIsTooLargeIsCutAndAMessageThatIsTooLargeBecomesADeadLetter() throws Exception {
        // Given
        NumberedUsers large = new NumberedUsers(7, 60);
        spool.close();
        spool = TemporarySpool.ofLanes(LANES, folder.resolve("large"));
        large.append(spool, 600);
        server.then(refusesAbove(500));

        // When
        deliver(OPTIONS);

        // Then
        large.assertEnd(spool, server.taken(), number -> number % 10 == 7);
        assertDeadLettersTell(413);
    }

    @Test
    void refusedMessagesAreFoundWhateverElseHappens() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("FaultsTest: -Dseed=" + seed);
        Random random = new Random(seed);
        List<Fault> all = List.of(
                answers(503),
                answers(408),
                answers(401),
                answers(302),
                cuts(503),
                talksOfOtherThings(),
                resetsBeforeTheBody(),
                resetsInTheMiddleOfTheBody(),
                resetsAfterTheBody());
        for (int i = 0; i < 100; i++) {
            boolean refuses = random.nextInt(3) == 0;
            server.first(refuses ? refusesSome() : all.get(random.nextInt(all.size())));
        }
        server.then(refusesSome());

        // When
        deliver(OPTIONS.withProbe(Duration.ofMillis(5)));

        // Then
        assertEnd(FaultsTest::isBad);
    }

    private static Fault refusesSome() {
        return refuses(400, message -> isBad(NumberedUsers.number(message)));
    }

    private static boolean isBad(int number) {
        return number % 20 == 17;
    }

    private void deliver(Options options) throws Exception {
        route = new DeliveryRoute(spool.spool(), server.url(), options);
        awaitEnd();
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(50))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> spool.units().get(0).pending() == 0 && route.isIdle());
    }

    private void assertEnd(IntPredicate bad) {
        input.assertEnd(spool, server.taken(), bad);
        countsAtRequests.forEach(counts -> input.assertBalanced(counts, server.taken()));
    }

    /** The same batches came again, so many times in all. */
    private void assertSentAgain(int times) {
        Map<List<String>, Long> byIds = server.requests().stream()
                .map(Request::ids)
                .filter(ids -> !ids.isEmpty())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(byIds.keySet().stream().mapToInt(List::size).sum())
                .as("messages in different batches: no message is in two of them")
                .isEqualTo(60);
        assertThat(server.requests()).hasSize(byIds.size() + times);
    }

    /** Between a request and the one that repeats it. */
    private void assertPausedFor(Duration pause) {
        List<Request> requests = server.requests();
        for (int i = 0; i < requests.size(); i++) {
            for (int j = i + 1; j < requests.size(); j++) {
                if (!requests.get(i).ids().isEmpty()
                        && requests.get(j).ids().equals(requests.get(i).ids())) {
                    assertThat(Duration.ofNanos(
                                    requests.get(j).at() - requests.get(i).at()))
                            .isGreaterThanOrEqualTo(pause);
                    break;
                }
            }
        }
    }

    private void assertDeadLettersTell(int status) {
        assertThat(spool.deadLetters()).isNotEmpty().allSatisfy(letter -> {
            String content = new String(letter.content().bytes(), StandardCharsets.UTF_8);
            long sent = server.requests().stream()
                    .filter(request -> request.ids().stream().anyMatch(id -> content.contains('"' + id + '"')))
                    .count();
            assertThat(letter.refusal().status()).isEqualTo(status);
            assertThat(letter.refusal().answer()).isEqualTo("{\"error\":\"" + status + " on purpose\"}");
            assertThat((long) letter.refusal().attempts()).isEqualTo(sent);
        });
    }
}
