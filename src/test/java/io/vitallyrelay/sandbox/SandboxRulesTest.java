package io.vitallyrelay.sandbox;

import static io.vitallyrelay.sandbox.SandboxClient.TOKEN;
import static io.vitallyrelay.sandbox.SandboxClient.batch;
import static io.vitallyrelay.sandbox.SandboxClient.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the endpoint, over real HTTP. */
class SandboxRulesTest {
    private static final int MAX_BODY = 20_000;
    private static final int MAX_MESSAGE = 1_000;

    private static Sandbox sandbox;
    private static SandboxClient client;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.forToken(TOKEN).withLimits(MAX_BODY, MAX_MESSAGE));
        client = new SandboxClient(sandbox);
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'organization','organizationId':'o1','messageId':'m1'}",
                "{'type':'organization','organizationId':'o1','messageId':'m1','traits':{'a':null,'b':[1]}}",
                "{'type':'account','accountId':'a1','traits':{},'messageId':'m1'}",
                "{'type':'account','accountId':'a1','messageId':'m1'}",
                "{'type':'account','accountId':'undefined','organizationId':'a\\u200bb','messageId':'m1'}",
                "{'type':'user','userId':'u1','accountId':'a1','traits':{},'messageId':'m1'}",
                "{'type':'user','userId':'u1','organizationId':'o1','traits':{},'messageId':'m1'}",
                "{'type':'track','event':'e','userId':'u1','properties':{},'messageId':'m1'}",
                "{'type':'track','event':'e','accountId':'a1','properties':{},'messageId':'m1'}",
                "{'type':'track','event':'e','organizationId':'o1','properties':{},'messageId':'m1'}",
                "{'type':'customobjectinstance','externalId':'e1','accountId':'a1','traits':{},'messageId':'m1',"
                        + "'customObjectId':'9c5b94b1-35ad-49bb-b118-8e8fc24abf80'}",
                "{'type':'unlink','userId':'u1','accountId':'a1','messageId':'m1'}",
                "{'type':'unlink','userId':'u1','accountId':'a1','timestamp':'2018-05-15T12:31:12.123Z'}",
            })
    void acceptsAMessageThatKeepsTheRules(String message) throws Exception {
        // When
        HttpResponse<String> answer = client.post("[" + json(message) + "]");

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"message\":\"Success.\"}");
    }

    static Stream<Arguments> brokenMessages() {
        String timestampError = "timestamp must be UTC with milliseconds, like 2018-05-15T12:31:12.123Z";
        return Stream.of(
                arguments("null", "must be an object"),
                arguments("'text'", "must be an object"),
                arguments("[]", "must be an object"),
                arguments("{'messageId':'m1'}", "type is missing or not known"),
                arguments("{'type':'group','messageId':'m1'}", "type is missing or not known"),
                arguments("{'type':7,'messageId':'m1'}", "type is missing or not known"),
                arguments("{'type':'organization','messageId':'m1'}", "organizationId is missing"),
                arguments("{'type':'account','traits':{},'messageId':'m1'}", "accountId is missing"),
                arguments("{'type':'user','accountId':'a1','traits':{},'messageId':'m1'}", "userId is missing"),
                arguments("{'type':'user','userId':'u1','accountId':'a1','messageId':'m1'}", "traits is missing"),
                arguments(
                        "{'type':'user','userId':'u1','traits':{},'messageId':'m1'}",
                        "one of accountId, organizationId is needed"),
                arguments("{'type':'track','userId':'u1','properties':{},'messageId':'m1'}", "event is missing"),
                arguments("{'type':'track','event':'e','userId':'u1','messageId':'m1'}", "properties is missing"),
                arguments(
                        "{'type':'track','event':'e','properties':{},'messageId':'m1'}",
                        "one of userId, accountId, organizationId is needed"),
                arguments(customObject("'traits':{},'accountId':'a1'"), "externalId is missing"),
                arguments(customObject("'externalId':'e1','accountId':'a1'"), "traits is missing"),
                arguments(customObject("'externalId':'e1','traits':{}"), "one of accountId, organizationId is needed"),
                arguments(
                        "{'type':'customobjectinstance','externalId':'e1','accountId':'a1','traits':{},"
                                + "'messageId':'m1'}",
                        "customObjectId is missing"),
                arguments(
                        "{'type':'customobjectinstance','externalId':'e1','accountId':'a1','traits':{},"
                                + "'messageId':'m1','customObjectId':'c1'}",
                        "customObjectId must be a UUID"),
                arguments("{'type':'unlink','accountId':'a1','messageId':'m1'}", "userId is missing"),
                arguments("{'type':'unlink','userId':'u1','messageId':'m1'}", "accountId is missing"),
                arguments("{'type':'unlink','userId':7,'accountId':'a1','messageId':'m1'}", "userId must be a string"),
                arguments(
                        "{'type':'unlink','userId':'u1','accountId':null,'messageId':'m1'}",
                        "accountId must be a string"),
                arguments("{'type':'unlink','userId':'\\u200b\\u00a0','accountId':'a1'}", "userId must not be blank"),
                arguments("{'type':'unlink','userId':' ','accountId':'a1'}", "userId must not be blank"),
                arguments(
                        "{'type':'organization','organizationId':1.0,'messageId':'m1'}",
                        "organizationId must be a string"),
                arguments("{'type':'organization','organizationId':'o1','messageId':1}", "messageId must be a string"),
                arguments(
                        "{'type':'account','accountId':'a1','traits':[],'messageId':'m1'}", "traits must be an object"),
                arguments(
                        "{'type':'track','event':'e','userId':'u1','properties':null,'messageId':'m1'}",
                        "properties must be an object"),
                arguments("{'type':'organization','organizationId':'o1'}", "one of timestamp, messageId is needed"),
                arguments(timestamp("1526387472123"), timestampError),
                arguments(timestamp("'2018-05-15T12:31:12Z'"), timestampError),
                arguments(timestamp("'2018-05-15T12:31:12.1234567Z'"), timestampError),
                arguments(timestamp("'2018-05-15T14:31:12.123+02:00'"), timestampError),
                arguments(timestamp("'2018-02-30T12:31:12.123Z'"), timestampError),
                arguments(timestamp("'no date of twenty-four c'"), timestampError));
    }

    @ParameterizedTest
    @MethodSource("brokenMessages")
    void refusesAMessageThatBreaksARule(String message, String error) throws Exception {
        // When
        HttpResponse<String> answer = client.post("[" + message("m0") + "," + json(message) + "]");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo("message 1: " + error);
    }

    static Stream<Arguments> brokenBodies() {
        return Stream.of(
                arguments("", 400, "the body must be a JSON array"),
                arguments("{\"messages\":[]}", 400, "the body must be a JSON array"),
                arguments("[]", 400, "the array is empty"),
                arguments(batch("m", 101), 400, "more than 100 messages"),
                arguments(batch("m", 1) + "[]", 400, "there is more after the array"),
                arguments("[" + message("m".repeat(MAX_MESSAGE)) + "]", 413, "message 0: is larger than 1000 bytes"),
                arguments(batch("m", 1) + " ".repeat(MAX_BODY), 413, "the body is larger than 20000 bytes"));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void refusesABodyThatBreaksARule(String body, int status, String error) throws Exception {
        // When
        HttpResponse<String> answer = client.post(body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer)).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[{\"type\":}]", "not json", "[{\"type\":\"unlink\"},]"})
    void refusesABodyThatIsNotJson(String body) throws Exception {
        // When
        HttpResponse<String> answer = client.post(body);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void refusesABodyThatIsNotUtf8() throws Exception {
        // Given
        byte[] utf16 = batch("m", 1).getBytes(StandardCharsets.UTF_16LE);

        // When
        HttpResponse<String> answer = client.send(client.request("").POST(BodyPublishers.ofByteArray(utf16)));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100})
    void acceptsUpToOneHundredMessages(int messages) throws Exception {
        // When
        HttpResponse<String> answer = client.post(batch("m", messages));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsABodyAndAMessageOfExactlyTheLimit() throws Exception {
        // Given
        String largest = message("m".repeat(MAX_MESSAGE - message("").length()));
        String body = "[" + largest + " ".repeat(MAX_BODY - MAX_MESSAGE - 2) + "]";

        // When
        HttpResponse<String> answer = client.post(body);

        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    static Stream<Arguments> brokenRequests() {
        return Stream.of(
                arguments("GET", change(r -> r.GET()), 405),
                arguments("PUT", change(r -> r.PUT(BodyPublishers.ofString(batch("m", 1)))), 405),
                arguments("another token", change(r -> r.setHeader("Authorization", "Basic other")), 401),
                arguments("token in base64", change(r -> r.setHeader("Authorization", "Basic YS10b2tlbg==")), 401),
                arguments("bearer", change(r -> r.setHeader("Authorization", "Bearer " + TOKEN)), 401),
                arguments("other content", change(r -> r.setHeader("Content-Type", "text/plain")), 415),
                arguments("other path", change(r -> r.uri(sandbox.url().resolve("/analytics/v2/batch"))), 404),
                arguments("path below", change(r -> r.uri(URI.create(sandbox.url() + "/more"))), 404));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRequests")
    void refusesARequestThatBreaksARule(String name, UnaryOperator<HttpRequest.Builder> change, int status)
            throws Exception {
        // When
        HttpResponse<String> answer = client.send(change.apply(client.request(batch("m", 1))));

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(error(answer)).isNotBlank();
    }

    @Test
    void refusesARequestWithoutAToken() throws Exception {
        // Given
        HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.url())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(batch("m", 1)));

        // When
        HttpResponse<String> answer = client.send(request);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void refusesARequestWithoutAContentType() throws Exception {
        // Given
        HttpRequest.Builder request = HttpRequest.newBuilder(sandbox.url())
                .header("Authorization", "Basic " + TOKEN)
                .POST(BodyPublishers.ofString(batch("m", 1)));

        // When
        HttpResponse<String> answer = client.send(request);

        // Then
        assertThat(answer.statusCode()).isEqualTo(415);
    }

    @Test
    void acceptsACharsetBesideTheContentType() throws Exception {
        // When
        HttpResponse<String> answer =
                client.send(client.request(batch("m", 1)).setHeader("Content-Type", "application/json; charset=utf-8"));

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    private static String customObject(String fields) {
        return "{'type':'customobjectinstance','customObjectId':'9c5b94b1-35ad-49bb-b118-8e8fc24abf80',"
                + "'messageId':'m1'," + fields + "}";
    }

    private static String timestamp(String value) {
        return "{'type':'organization','organizationId':'o1','messageId':'m1','timestamp':" + value + "}";
    }

    private static UnaryOperator<HttpRequest.Builder> change(UnaryOperator<HttpRequest.Builder> change) {
        return change;
    }

    private static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    private static String error(HttpResponse<String> answer) throws Exception {
        return new ObjectMapper().readTree(answer.body()).path("error").textValue();
    }
}
