package io.vitallyrelay.source.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Routes that are written wrongly, and let records go that no step refused. */
@Timeout(60)
class LostRecordsTest {
    private static final List<String> RECORDS =
            List.of("{\"organizationId\":\"o1\"}", "{\"organizationId\":\"o2\"}", "{\"organizationId\":\"o3\"}");

    @TempDir
    private Path data;

    enum Way {
        NO_SINK("", 3) {
            @Override
            void steps(RouteDefinition route) {
                route.setHeader("seen").constant(true);
            }
        },
        NO_SINK_FOR_ROWS_TOGETHER("&atOnce=10", 3) {
            @Override
            void steps(RouteDefinition route) {
                route.setHeader("seen").constant(true);
            }
        },
        A_FILTER_BEFORE_THE_SINK("", 2) {
            @Override
            void steps(RouteDefinition route) {
                route.filter().jq(".organizationId == \"o2\"").to("kamelet:vitally-sink?type=organization");
            }
        },
        A_CHOICE_WITHOUT_AN_END("", 2) {
            @Override
            void steps(RouteDefinition route) {
                route.choice()
                        .when()
                        .jq(".organizationId == \"o2\"")
                        .to("kamelet:vitally-sink?type=organization")
                        .otherwise()
                        .setBody()
                        .constant("elsewhere");
            }
        },
        A_STOP_BEFORE_THE_SINK("", 3) {
            @Override
            void steps(RouteDefinition route) {
                route.stop().to("kamelet:vitally-sink?type=organization");
            }
        },
        A_MAPPING_THAT_DROPS_ON_PURPOSE("", 0) {
            @Override
            void steps(RouteDefinition route) {
                route.setBody().jq("empty").to("kamelet:vitally-sink?type=organization");
            }
        };

        private final String parameters;
        private final int lost;

        Way(String parameters, int lost) {
            this.parameters = parameters;
            this.lost = lost;
        }

        abstract void steps(RouteDefinition route);
    }

    @ParameterizedTest
    @EnumSource
    void becomeDeadLettersThatSaySo(Way way) throws Exception {
        // Given
        Path inbox = Files.createDirectories(data.resolve("inbox/lost"));
        Files.writeString(inbox.resolve("three.jsonl"), String.join("\n", RECORDS));
        RouteBuilder builder = new RouteBuilder() {
            @Override
            public void configure() {
                way.steps(from("kamelet:json-lines-files-source?integration=lost&settled=0&delay=50" + way.parameters)
                        .routeId("lost"));
            }
        };

        // When
        try (SourceRoutes routes = new SourceRoutes(data).withDeadLetters().start(builder)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(inbox.resolve(".done/three.jsonl")));

            // Then
            List<DeadLetter> letters = routes.spool.deadLetters();
            assertThat(letters)
                    .hasSize(way.lost)
                    .allSatisfy(letter -> {
                        assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.LOST);
                        assertThat(letter.refusal().reason()).startsWith("lost in the route");
                        assertThat(RECORDS).contains(new String(letter.content().bytes(), UTF_8));
                    })
                    .extracting(letter -> letter.origin().position())
                    .doesNotHaveDuplicates();
            Counts counts = routes.spool.spool().ledger().totals("lost");
            assertThat(counts.read() + counts.skipped()).isEqualTo(RECORDS.size());
            assertThat(routes.pending()).hasSize((int) counts.pending());
        }
    }
}
