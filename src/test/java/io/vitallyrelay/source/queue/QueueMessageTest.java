package io.vitallyrelay.source.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QueueMessageTest {
    private static final int MAX_BYTES = 200_000;
    private static final String LONG = "x".repeat(100_000);

    @TempDir
    Path folder;

    private TemporarySpool spool;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    static Stream<Arguments> bodies() {
        String object = "{\"a\": \"" + LONG + "\"}";
        Problem unusable = Problem.malformed("has no form in JSON");
        return Stream.of(
                body("JSON, as it was sent", json(object), "MAPPING RECORD " + object),
                body("an element of an array", json("[ " + object + " ]"), "MAPPING RECORD " + object),
                body("a map", new QueueBody.Value(bytes("{\"a\":1}"), null), "MAPPING RECORD {\"a\":1}"),
                body(
                        "an element of a sequence",
                        new QueueBody.Elements(List.of(new QueueBody.Value(bytes("7"), null))),
                        "MAPPING RECORD 7"),
                body("a text that is no JSON", json("so: " + LONG), "MALFORMED RAW so: " + LONG),
                body("a broken element", json("[" + LONG + "]"), "MALFORMED RAW " + LONG),
                body("a map that is no JSON", new QueueBody.Value(bytes("{}"), unusable), "MALFORMED RAW {}"),
                body("nothing", json(""), "MALFORMED RAW "),
                body(
                        "one byte too much",
                        json("\"" + "x".repeat(MAX_BYTES - 1) + "\""),
                        "TOO_LARGE RAW \"" + "x".repeat(64 * 1024 - 1) + " cut"));
    }

    private static Arguments body(String kind, QueueBody body, String letter) {
        return Arguments.of(kind, body, letter);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void keepsWholeWhatItsMappingSawOrWhatCouldNotBeRead(String kind, QueueBody body, String letter) throws Exception {
        // Given
        Origin origin = new Origin("users", "queue:users", "ID:1");
        QueueMessage message = QueueMessage.of(spool.spool(), origin, body, MAX_BYTES);

        // When
        while (message.hasNext()) {
            if (message.next() != null) {
                message.bury(Problem.of(new IllegalStateException("broken on purpose")));
            }
        }
        message.done();

        // Then
        spool.spool().intake("users", "flush").flush();
        assertThat(spool.deadLetters())
                .extracting(dead -> dead.refusal().code() + " " + dead.content().form() + " "
                        + new String(dead.content().bytes(), UTF_8)
                        + (dead.content().isCut() ? " cut" : ""))
                .containsExactly(letter);
    }

    private static QueueBody json(String text) {
        return new QueueBody.Unread(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
