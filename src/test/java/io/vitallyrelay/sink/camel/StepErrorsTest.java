package io.vitallyrelay.sink.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class StepErrorsTest {
    private static final String BAD = "{\"organizationId\":\"bad\"}\n";
    private static final String GOOD = "{\"organizationId\":\"good\"}\n";

    @TempDir
    Path data;

    private Path inbox;
    private SourceRoutes routes;

    @BeforeEach
    void open() throws Exception {
        inbox = Files.createDirectories(data.resolve("inbox/organizations"));
        routes = new SourceRoutes(data).withDeadLetters();
    }

    @AfterEach
    void close() {
        routes.close();
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new StackOverflowError(), "a step of the route nests too deep for this record"),
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "a step of the route needs more memory for this record than there is: Java heap space"),
                Arguments.of(
                        new NoClassDefFoundError("org/example/Missing"),
                        "a step of the route cannot take this record: java.lang.NoClassDefFoundError:"
                                + " org/example/Missing"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void makesAnErrorOfARecordItsDeadLetterAndGoesOn(Error error, String reason) throws Exception {
        // Given
        start(exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("bad")) {
                throw error;
            }
        });

        // When
        arrive("o.jsonl", BAD + GOOD);

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(inbox.resolve(".done/o.jsonl")));
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.MAPPING);
            assertThat(letter.refusal().reason()).isEqualTo(reason);
        });
        assertThat(routes.pending()).singleElement().asString().contains("good");
    }

    @Test
    void keepsThePollerAliveForTheNextFile() throws Exception {
        // Given
        start(exchange -> {
            if (exchange.getMessage().getBody(String.class).contains("bad")) {
                throw new StackOverflowError();
            }
        });
        arrive("a.jsonl", BAD);
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(inbox.resolve(".done/a.jsonl")));

        // When
        arrive("b.jsonl", GOOD);

        // Then
        await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(inbox.resolve(".done/b.jsonl")));
        assertThat(routes.pending()).hasSize(1);
    }

    private void start(Processor step) throws Exception {
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:json-lines-files-source?integration=organizations&delay=10&settled=10")
                        .process(step)
                        .to("spool:append?type=organization");
            }
        });
    }

    private void arrive(String name, String content) throws Exception {
        Path part = Files.write(inbox.resolve("." + name), content.getBytes(UTF_8));
        Files.move(part, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
