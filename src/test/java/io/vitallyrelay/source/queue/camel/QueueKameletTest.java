package io.vitallyrelay.source.queue.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.QueueClient;
import io.vitallyrelay.sandbox.Broker;
import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.UnitCounts;
import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real broker, over both of its protocols. */
@ParameterizedClass
@EnumSource
@Timeout(60)
class QueueKameletTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ONE = "{\"organizationId\":\"o1\"}";
    private static final String TWO = "{\"organizationId\":\"o2\"}";
    private static final Processor NOTHING = exchange -> {};

    @TempDir
    private static Path brokerFolder;

    private static Broker broker;

    @Parameter
    private Protocol protocol;

    @TempDir
    private Path data;

    private final String queue = "test." + UUID.randomUUID();
    private SourceRoutes routes;
    private QueueClient sender;

    enum Protocol {
        CORE(broker -> new ActiveMQConnectionFactory(broker.url().toString())),
        AMQP(broker -> new JmsConnectionFactory(broker.amqpUrl()));

        private final Function<Broker, ConnectionFactory> connections;

        Protocol(Function<Broker, ConnectionFactory> connections) {
            this.connections = connections;
        }
    }

    @BeforeAll
    static void startBroker() throws Exception {
        broker = Broker.start(brokerFolder, 0);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void open() throws Exception {
        ConnectionFactory connections = protocol.connections.apply(broker);
        routes = new SourceRoutes(data).withBroker(connections);
        sender = new QueueClient(connections, queue);
    }

    @AfterEach
    void close() throws Exception {
        sender.close();
        routes.close();
    }

    static List<Arguments> kinds() {
        return List.of(
                kind("text", session -> session.createTextMessage(ONE)),
                kind("bytes", session -> {
                    BytesMessage message = session.createBytesMessage();
                    message.writeBytes(ONE.getBytes(UTF_8));
                    return message;
                }),
                kind("a map", session -> {
                    MapMessage message = session.createMapMessage();
                    message.setString("organizationId", "o1");
                    return message;
                }));
    }

    private static Arguments kind(String name, QueueClient.Making making) {
        return Arguments.of(name, making);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void takesMessagesOfEachKind(String kind, QueueClient.Making message) throws Exception {
        // Given
        start(NOTHING);

        // When
        sender.send(message);

        // Then
        awaitCommitted();
        assertThat(organizations()).containsExactly("o1");
    }

    @Test
    void makesAJsonObjectOfTheEntriesOfAMap() throws Exception {
        // Given
        AtomicReference<JsonNode> record = new AtomicReference<>();
        start(exchange -> record.set(exchange.getMessage().getBody(JsonNode.class)));

        // When
        sender.send(session -> {
            MapMessage message = session.createMapMessage();
            message.setString("text", "Köln");
            message.setBoolean("flag", true);
            message.setLong("long", 9007199254740993L);
            message.setDouble("double", 0.1);
            message.setObject("nothing", null);
            return message;
        });

        // Then
        awaitCommitted();
        assertThat(record.get())
                .hasToString(
                        "{\"double\":0.1,\"flag\":true,\"long\":9007199254740993,\"nothing\":null,\"text\":\"Köln\"}");
    }

    @Test
    void takesBytesInAMapAsBase64() throws Exception {
        // Given
        AtomicReference<JsonNode> record = new AtomicReference<>();
        start(exchange -> record.set(exchange.getMessage().getBody(JsonNode.class)));

        // When
        sender.send(session -> {
            MapMessage message = session.createMapMessage();
            message.setString("s", "x");
            message.setBytes("p", "abc".getBytes(UTF_8));
            message.setChar("c", 'k');
            return message;
        });

        // Then
        awaitCommitted();
        assertThat(record.get()).hasToString("{\"c\":\"k\",\"p\":\"YWJj\",\"s\":\"x\"}");
    }

    @Test
    void namesTheEntryOfAMapThatHasNoFormInJson() throws Exception {
        // Given
        start(NOTHING);

        // When
        String id = sender.send(session -> {
            MapMessage message = session.createMapMessage();
            message.setString("organizationId", "o1");
            message.setDouble("mrr", Double.NaN);
            return message;
        });

        // Then
        awaitCommitted();
        assertDead(id, "mrr: is NaN, which is no number in JSON", "{\"mrr\":\"NaN\",\"organizationId\":\"o1\"}");
    }

    @Test
    void keepsTheJsonThatTheMappingSawOfAMap() throws Exception {
        // Given
        start(NOTHING);

        // When
        String id = sender.send(session -> {
            MapMessage message = session.createMapMessage();
            message.setString("plan", "Pro");
            message.setInt("seats", 3);
            return message;
        });

        // Then
        awaitCommitted();
        assertDead(id, "plan: is no field of organization, got \"Pro\"", "{\"plan\":\"Pro\",\"seats\":3}");
        assertThat(routes.spool.deadLetters()).allSatisfy(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.CONTRACT);
            assertThat(letter.content().form()).isEqualTo(Content.Form.RECORD);
        });
    }

    @Test
    void makesARecordOfEachElementOfAnArray() throws Exception {
        // Given
        List<JsonNode> mapped = new ArrayList<>();
        start(exchange -> mapped.add(exchange.getMessage().getBody(JsonNode.class)));

        // When
        sender.text("[" + ONE + "," + TWO + "]");

        // Then
        awaitCommitted();
        assertThat(organizations()).containsExactly("o1", "o2");
        assertThat(mapped).hasSize(2).allMatch(JsonNode::isObject);
    }

    @Test
    void oneBadElementOfAnArrayTakesNoNeighboursWithIt() throws Exception {
        // Given
        start(failsAt("o50"));
        String array = IntStream.range(0, 100)
                .mapToObj(i -> "{\"organizationId\":\"o" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));

        // When
        List<String> ids = sender.text(array);

        // Then
        awaitCommitted();
        assertThat(organizations()).hasSize(99).doesNotContain("o50");
        assertDead("message " + ids.get(0) + ", element 51", "broken on purpose", "{\"organizationId\":\"o50\"}");
        assertThat(routes.spool.units())
                .filteredOn(unit -> unit.integration().equals("organizations"))
                .singleElement()
                .extracting(UnitCounts::read, UnitCounts::dead, UnitCounts::pending)
                .containsExactly(100L, 1L, 99L);
    }

    @Test
    void makesWhatTheRouteLetsGoADeadLetter() throws Exception {
        // Given: the first one and the last one do not come to the sink
        start(exchange -> exchange.setRouteStop(!exchange.getMessage()
                .getBody(JsonNode.class)
                .path("organizationId")
                .textValue()
                .equals("o2")));

        // When
        sender.text("[" + ONE + "," + TWO + ",{\"organizationId\":\"o3\"}]");

        // Then
        awaitCommitted();
        assertThat(organizations()).containsExactly("o2");
        assertThat(routes.spool.deadLetters()).allSatisfy(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.LOST);
            assertThat(letter.content().form()).isEqualTo(Content.Form.RECORD);
        });
        assertThat(routes.spool.deadLetters())
                .extracting(letter -> new String(letter.content().bytes(), UTF_8))
                .containsExactly(ONE, "{\"organizationId\":\"o3\"}");
    }

    @Test
    void countsAnEmptyArrayAsSkipped() throws Exception {
        // Given
        start(NOTHING);

        // When
        sender.text("[]");

        // Then
        awaitCommitted();
        assertThat(routes.spool.units()).singleElement().satisfies(unit -> {
            assertThat(unit.read()).isZero();
            assertThat(unit.skipped()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"organizationId\":         | not JSON: ends in the middle of a value",
                "hello                        | not JSON: 'hello' is no value",
                "{} {}                        | more than one JSON value",
                "{\"a\":1,\"a\":2}            | a key stands twice in one object",
                "{\"organizationId\":1.5}     | organizationId: must be a string or a whole number, got 1.5",
                "17                           | message: must be a JSON object, got 17",
            })
    void makesAMessageThatCannotBeUsedADeadLetterAndGoesOn(String text, String reason) throws Exception {
        // Given
        start(NOTHING);

        // When
        List<String> ids = sender.text(text, ONE);

        // Then
        awaitCommitted();
        assertDead(ids.get(0), reason, text);
        assertThat(organizations()).containsExactly("o1");
    }

    @Test
    void makesARecordThatFailsInARouteOfTheRouteADeadLetter() throws Exception {
        // Given
        routes.withDeadLetters();
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:jms-queue-source?integration=organizations&queue=" + queue)
                        .to("direct:mapping");
                from("direct:mapping").process(failsAt("o1")).to("kamelet:vitally-sink?type=organization");
            }
        });

        // When
        List<String> ids = sender.text(ONE, TWO);

        // Then
        awaitCommitted();
        assertDead(ids.get(0), "broken on purpose", ONE);
        assertThat(organizations()).containsExactly("o2");
    }

    static List<Arguments> emptyKinds() {
        return List.of(
                kind("an empty text", session -> session.createTextMessage("")),
                kind("a text of blanks", session -> session.createTextMessage("  \n\t")),
                kind("no text", session -> session.createTextMessage(null)),
                kind("no bytes", Session::createBytesMessage),
                kind("no body", Session::createMessage));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emptyKinds")
    void makesAMessageWithoutABodyADeadLetterAtOnce(String kind, QueueClient.Making message) throws Exception {
        // Given
        start(NOTHING);

        // When
        String id = sender.send(message);
        sender.text(ONE);

        // Then
        awaitCommitted();
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().reason()).isEqualTo("has no body: must be text, bytes or a map");
            assertThat(letter.origin().position()).isEqualTo(id);
        });
        assertThat(organizations()).containsExactly("o1");
        assertThat(broker.messages(Broker.DEAD_LETTERS)).isZero();
    }

    @Test
    void makesWhateverIsThrownWhenAMessageIsOpenedADeadLetter() throws Exception {
        // Given
        failsToGiveItsText(new NullPointerException("of the client"));
        start(NOTHING);

        // When
        List<String> ids = sender.text(ONE, TWO);

        // Then
        awaitCommitted();
        assertDead(ids.get(0), "the body cannot be read (NullPointerException: of the client)", "");
        assertThat(organizations()).containsExactly("o2");
    }

    @Test
    void makesNoDeadLetterWhenTheConnectionIsGone() throws Exception {
        // Given
        failsToGiveItsText(new jakarta.jms.IllegalStateException("The Session is closed"));
        start(NOTHING);

        // When
        sender.text(ONE);

        // Then
        awaitCommitted();
        assertThat(routes.spool.deadLetters()).isEmpty();
        assertThat(organizations()).containsExactly("o1");
    }

    /** The first message that comes, the first time that it comes. */
    private void failsToGiveItsText(Exception failure) {
        AtomicBoolean failed = new AtomicBoolean();
        routes.camel.getCamelContextExtension().addInterceptStrategy((context, step, target, next) -> exchange -> {
            if (step.toString().contains("queue:open") && !failed.getAndSet(true)) {
                JmsMessage message = exchange.getMessage(JmsMessage.class);
                message.setJmsMessage(throwing(failure, message.getJmsMessage()));
            }
            target.process(exchange);
        });
    }

    private static Message throwing(Exception failure, Message message) {
        return (Message) Proxy.newProxyInstance(
                TextMessage.class.getClassLoader(), new Class<?>[] {TextMessage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getText")) {
                        throw failure;
                    }
                    return method.invoke(message, arguments);
                });
    }

    @Test
    void showsTheValuesOfAStreamInItsDeadLetter() throws Exception {
        // Given
        start(NOTHING);

        // When
        String id = sender.send(session -> {
            var message = session.createStreamMessage();
            message.writeString("{\"a\":1}");
            message.writeInt(1);
            return message;
        });

        // Then
        awaitCommitted();
        assertDead(id, "has a stream of values: must be text, bytes or a map", "[\"{\\\"a\\\":1}\",1]");
    }

    @Test
    void showsAJavaObjectInItsDeadLetterWithoutOpeningIt() throws Exception {
        // Given
        start(NOTHING);

        // When
        String id = sender.send(session -> session.createObjectMessage(new java.util.Date(0)));

        // Then
        awaitCommitted();
        assertDead(
                id,
                "has a Java object (java.util.Date, 46 bytes): must be text, bytes or a map",
                Base64.getEncoder().encodeToString(serialized(new java.util.Date(0))));
    }

    private static byte[] serialized(Serializable object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(object);
        return bytes.toByteArray();
    }

    @Test
    void makesAMessageThatIsTooLongADeadLetter() throws Exception {
        // Given
        start(NOTHING);

        // When
        String tooLong = "[" + " ".repeat(SourceRoutes.RECORD_BYTES) + "]";
        List<String> ids = sender.text(tooLong);

        // Then
        awaitCommitted();
        assertDead(ids.get(0), "longer than 4000 bytes", tooLong.substring(0, SourceRoutes.RECORD_BYTES));
        assertThat(routes.spool.deadLetters())
                .allSatisfy(letter -> assertThat(letter.content().isCut()).isTrue());
    }

    @Test
    void answersNobody() throws Exception {
        // Given
        start(NOTHING);

        // When
        sender.send(session -> {
            Message message = session.createTextMessage(ONE);
            message.setJMSReplyTo(session.createQueue(queue + ".answers"));
            return message;
        });

        // Then
        awaitCommitted();
        assertThat(broker.messages(queue + ".answers")).isZero();
    }

    @Test
    void leavesAMessageInItsQueueThatFailsAndNobodyTakes() throws Exception {
        // Given
        AtomicInteger failures = new AtomicInteger();
        startWithoutDeadLetters(exchange -> {
            if (failures.getAndIncrement() < 2) {
                throw new IllegalStateException("broken on purpose");
            }
        });

        // When
        sender.text(ONE);

        // Then
        awaitCommitted();
        assertThat(failures).hasValue(3);
        assertThat(organizations()).containsExactly("o1");
    }

    @Test
    void commitsWhatCameBeforeAMessageThatFailsAndNobodyTakes() throws Exception {
        // Given
        startWithoutDeadLetters(failsAt("o2"));

        // When
        sender.text(ONE, ONE, TWO, ONE);

        // Then
        await().atMost(PATIENCE).until(() -> broker.messages(queue) == 2);
    }

    @Test
    void takesNoMoreMessagesWhenTheSpoolIsClosed() throws Exception {
        // Given
        AtomicInteger came = new AtomicInteger();
        start(exchange -> came.incrementAndGet());
        routes.spool.close();

        // When
        sender.text(ONE, TWO);

        // Then the broker has both, and will not give them up
        await().atMost(PATIENCE).until(() -> came.get() == 1);
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> came.get() == 1);
        assertThat(broker.messages(queue)).isEqualTo(2);
    }

    @Test
    void commitsWhatIsDurableAndCountsItOnce() throws Exception {
        // Given
        routes.camel.removeComponent("jms");
        routes.camel.addComponent(
                "jms",
                QueueContainer.component(
                        protocol.connections.apply(broker),
                        failsToFlushOnce(routes.spool.spool()),
                        routes.uncommitted,
                        routes.states));
        start(NOTHING);

        // When
        sender.text(ONE);

        // Then it comes again
        awaitCommitted();
        assertThat(routes.pending()).hasSize(1);
    }

    private static Spool failsToFlushOnce(Spool spool) {
        AtomicBoolean failed = new AtomicBoolean();
        return (Spool) Proxy.newProxyInstance(
                Spool.class.getClassLoader(), new Class<?>[] {Spool.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("flush") && !failed.getAndSet(true)) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    return method.invoke(spool, arguments);
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesAMessageThatComesAgainAfterACrashTheSameMessageIds(boolean withId) throws Exception {
        // Given a message that is taken, but never committed
        neverCommits();
        start(NOTHING);
        (withId ? sender : sender.withoutIds()).text("[" + ONE + "," + TWO + "]");
        await().atMost(PATIENCE)
                .until(() -> routes.spool.units().stream()
                                .mapToLong(UnitCounts::read)
                                .sum()
                        == 2);
        List<String> before = routes.pending();
        routes.close();

        // When
        routes = new SourceRoutes(data.resolve("after")).withBroker(protocol.connections.apply(broker));
        start(NOTHING);

        // Then
        awaitCommitted();
        assertThat(routes.pending()).isEqualTo(before);
    }

    @Test
    void countsAMessageOnceThatComesAgainAndAgain() throws Exception {
        // Given
        AtomicInteger came = neverCommits();
        start(NOTHING);

        // When
        sender.text(ONE);

        // Then
        await().atMost(PATIENCE).until(() -> came.get() == 3);
        assertThat(routes.pending()).hasSize(1);
    }

    private AtomicInteger neverCommits() {
        AtomicInteger came = new AtomicInteger();
        routes.camel.getCamelContextExtension().addInterceptStrategy((context, step, target, next) -> exchange -> {
            target.process(exchange);
            if (step.toString().contains("queue:close")) {
                came.incrementAndGet();
                throw new IllegalStateException("broken on purpose");
            }
        });
        return came;
    }

    @Test
    void keepsTheOrderOfTheQueue() throws Exception {
        // Given
        List<String> ids = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add("o" + i);
            texts.add("{\"organizationId\":\"o" + i + "\"}");
        }
        sender.text(texts);

        // When
        start(NOTHING);

        // Then
        awaitCommitted();
        assertThat(organizations()).isEqualTo(ids);
    }

    @Test
    void hasOneUnitForTheQueue() throws Exception {
        // Given
        start(NOTHING);

        // When
        sender.text(ONE, TWO, "hello");

        // Then
        awaitCommitted();
        assertThat(routes.spool.units())
                .singleElement()
                .extracting(UnitCounts::integration, UnitCounts::unit, UnitCounts::read, UnitCounts::dead)
                .containsExactly("organizations", "queue:" + queue, 3L, 1L);
    }

    private static Processor failsAt(String id) {
        return exchange -> {
            if (id(exchange).equals(id)) {
                throw new IllegalStateException("broken on purpose");
            }
        };
    }

    private static String id(Exchange exchange) {
        return exchange.getMessage()
                .getBody(JsonNode.class)
                .path("organizationId")
                .asText();
    }

    private void start(Processor mapping) throws Exception {
        routes.withDeadLetters();
        startWithoutDeadLetters(mapping);
    }

    private void startWithoutDeadLetters(Processor mapping) throws Exception {
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:jms-queue-source?integration=organizations&queue=" + queue)
                        .routeId("organizations")
                        .process(mapping)
                        .to("kamelet:vitally-sink?type=organization");
            }
        });
    }

    private void awaitCommitted() {
        await("all messages of the queue are committed")
                .atMost(PATIENCE)
                .until(() ->
                        broker.messages(queue) == 0 && !routes.spool.units().isEmpty());
    }

    private void assertDead(String position, String reason, String record) {
        List<DeadLetter> letters = routes.spool.deadLetters();
        assertThat(letters).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().reason()).isEqualTo(reason);
            assertThat(letter.origin().integration()).isEqualTo("organizations");
            assertThat(letter.origin().unit()).isEqualTo("queue:" + queue);
            assertThat(letter.origin().position()).isEqualTo(position);
            assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo(record);
        });
    }

    private List<String> organizations() throws Exception {
        List<String> ids = new ArrayList<>();
        for (String message : routes.pending()) {
            ids.add(new ObjectMapper().readTree(message).get("organizationId").textValue());
        }
        return ids;
    }
}
