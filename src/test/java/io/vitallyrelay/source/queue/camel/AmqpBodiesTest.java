package io.vitallyrelay.source.queue.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.AmqpSender;
import io.vitallyrelay.sandbox.Broker;
import io.vitallyrelay.source.camel.SourceRoutes;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs send that know AMQP and nothing of JMS, against a real broker. */
@Timeout(60)
class AmqpBodiesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Section GOOD = new AmqpValue("{\"organizationId\":\"good\"}");
    private static final int MAP_OF_JMS = 2;

    @TempDir
    private static Path brokerFolder;

    private static Broker broker;

    @TempDir
    private Path data;

    private final String queue = "test." + UUID.randomUUID();
    private final List<Exchange> records = new CopyOnWriteArrayList<>();
    private SourceRoutes routes;
    private AmqpSender sender;

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
        routes = new SourceRoutes(data);
        sender = new AmqpSender(broker.amqpUrl(), queue);
    }

    @AfterEach
    void close() {
        routes.close();
    }

    static List<Arguments> bodies() {
        Map<String, Object> nested = new LinkedHashMap<>();
        nested.put("s", "x");
        nested.put("n", 1);
        nested.put("nested", Map.of("k", "v"));
        nested.put("list", List.of(1, 2));
        return List.of(
                Arguments.of(
                        "a map",
                        new AmqpValue(nested),
                        List.of("{\"s\":\"x\",\"n\":1,\"nested\":{\"k\":\"v\"},\"list\":[1,2]}")),
                Arguments.of(
                        "a list",
                        new AmqpValue(List.of(Map.of("a", 1), Map.of("a", 2))),
                        List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of(
                        "a sequence",
                        new AmqpSequence(List.of(Map.of("a", 1), Map.of("a", 2))),
                        List.of("{\"a\":1}", "{\"a\":2}")),
                Arguments.of(
                        "a map whose keys are no texts",
                        new AmqpValue(Map.of(Symbol.valueOf("k"), true)),
                        List.of("{\"k\":true}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void takesWhatIsAValueOfAmqp(String kind, Section body, List<String> expected) throws Exception {
        // Given
        start();

        // When
        sender.send(AmqpSender.message("m", body, Map.of()));

        // Then
        awaitCommitted();
        assertThat(bodiesSeen()).isEqualTo(expected);
    }

    static List<Arguments> values() {
        UUID uuid = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
        return List.of(
                Arguments.of("a date", new Date(1_700_000_000_000L), "\"2023-11-14T22:13:20Z\""),
                Arguments.of("a uuid", uuid, "\"123e4567-e89b-12d3-a456-426614174000\""),
                Arguments.of("a list", List.of(1, 2), "[1,2]"),
                Arguments.of("a map", Map.of("a", 1), "{\"a\":1}"),
                Arguments.of("an array of numbers", new Integer[] {1, 2}, "[1,2]"),
                Arguments.of("bytes", new Binary("abc".getBytes(UTF_8)), "\"YWJj\""),
                Arguments.of("a character", 'k', "\"k\""),
                Arguments.of("a symbol", Symbol.valueOf("s"), "\"s\""),
                Arguments.of("an unsigned int", UnsignedInteger.valueOf(4_294_967_295L), "4294967295"),
                Arguments.of("an unsigned long", UnsignedLong.valueOf("18446744073709551615"), "18446744073709551615"),
                Arguments.of("a decimal32", new Decimal32(0x3180_007D), "1.25"),
                Arguments.of("a decimal64", new Decimal64(0xB180_0000_0000_007DL), "-1.25"),
                Arguments.of("a decimal128", new Decimal128(0x303C_0000_0000_0000L, 0x7D), "1.25"),
                Arguments.of("a decimal with a zero at its end", new Decimal128(0x303A_0000_0000_0000L, 1250), "1.250"),
                Arguments.of("a large decimal", new Decimal128(0x3042_0000_0000_0000L, 5), "5E+1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void takesAnEntryOfAMap(String kind, Object value, String expected) throws Exception {
        // Given
        start();

        // When
        sender.send(AmqpSender.ofJms(AmqpSender.message("m", new AmqpValue(Map.of("k", value)), Map.of()), MAP_OF_JMS));

        // Then
        awaitCommitted();
        assertThat(bodiesSeen()).containsExactly("{\"k\":" + expected + "}");
    }

    static List<Arguments> unusableValues() {
        return List.of(
                Arguments.of("NaN", Double.NaN, "is NaN, which is no number in JSON"),
                Arguments.of(
                        "an infinite decimal",
                        new Decimal128(0x7800_0000_0000_0000L, 0),
                        "is infinite or NaN, which is no number in JSON"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusableValues")
    void namesTheEntryThatHasNoFormInJson(String kind, Object value, String reason) throws Exception {
        // Given
        start();

        // When
        sender.send(
                AmqpSender.message("m", new AmqpValue(Map.of("a", List.of(0, value))), Map.of()),
                AmqpSender.message("n", GOOD, Map.of()));

        // Then
        awaitCommitted();
        assertThat(bodiesSeen()).containsExactly("{\"organizationId\":\"good\"}");
        assertThat(routes.spool.deadLetters())
                .singleElement()
                .extracting(letter -> letter.refusal().reason())
                .isEqualTo("a[1]: " + reason);
    }

    @Test
    void oneUnusableElementOfAListTakesNoNeighboursWithIt() throws Exception {
        // Given
        start();

        // When
        sender.send(AmqpSender.message(
                "m", new AmqpValue(Arrays.asList(Map.of("a", 1), Map.of("a", Float.NaN), null)), Map.of()));

        // Then
        awaitCommitted();
        assertThat(bodiesSeen()).containsExactly("{\"a\":1}", "null");
        assertThat(routes.spool.deadLetters())
                .filteredOn(letter -> letter.refusal().reason().startsWith("a: is NaN"))
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.origin().position()).isEqualTo("message ID:AMQP_NO_PREFIX:m, element 2");
                    assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo("{\"a\":\"NaN\"}");
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void makesAMessageWithoutABodySectionADeadLetterAtOnce(boolean core) throws Exception {
        // Given
        start(core);

        // When
        sender.send(AmqpSender.message("m", null, Map.of("plain", "x")), AmqpSender.message("n", GOOD, Map.of()));

        // Then
        awaitCommitted();
        assertThat(bodiesSeen()).containsExactly("{\"organizationId\":\"good\"}");
        assertThat(routes.spool.deadLetters())
                .singleElement()
                .extracting(letter -> letter.refusal().reason())
                .isEqualTo("has no body: must be text, bytes or a map");
        assertThat(broker.messages(Broker.DEAD_LETTERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void givesAMappingTheSamePropertiesOverBothProtocols(boolean core) throws Exception {
        // Given
        start(core);

        // When
        sender.send(AmqpSender.message(
                "m",
                GOOD,
                Map.of(
                        "plain",
                        "p",
                        "x-tenant",
                        "t1",
                        "com.acme.tenant",
                        "t2",
                        "n",
                        7,
                        "long",
                        9_007_199_254_740_993L,
                        "half",
                        0.5,
                        "yes",
                        true,
                        "CamelHttpUri",
                        "http://elsewhere")));

        // Then
        awaitCommitted();
        Map<String, Object> headers = records.get(0).getMessage().getHeaders();
        assertThat(headers)
                .containsEntry("plain", "p")
                .containsEntry("x-tenant", "t1")
                .containsEntry("com.acme.tenant", "t2")
                .containsEntry("n", 7L)
                .containsEntry("long", 9_007_199_254_740_993L)
                .containsEntry("half", new BigDecimal("0.5"))
                .containsEntry("yes", true)
                .containsEntry("JMSDestination", queue)
                .doesNotContainKey("CamelHttpUri");
    }

    private void start() throws Exception {
        start(false);
    }

    private void start(boolean core) throws Exception {
        routes.withBroker(
                core
                        ? new ActiveMQConnectionFactory(broker.url().toString())
                        : new JmsConnectionFactory(broker.amqpUrl()));
        routes.withDeadLetters();
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:jms-queue-source?integration=organizations&queue=" + queue)
                        .routeId("organizations")
                        .process(exchange -> records.add(exchange.copy()))
                        .to("kamelet:vitally-sink?type=organization");
            }
        });
    }

    private List<String> bodiesSeen() {
        return records.stream()
                .map(record -> record.getMessage().getBody(JsonNode.class).toString())
                .toList();
    }

    private void awaitCommitted() {
        await("all messages of the queue are committed")
                .atMost(PATIENCE)
                .until(() ->
                        broker.messages(queue) == 0 && !routes.spool.units().isEmpty());
    }
}
