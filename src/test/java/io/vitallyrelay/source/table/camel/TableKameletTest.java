package io.vitallyrelay.source.table.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.camel.SourceRoutes;
import io.vitallyrelay.source.table.Database;
import io.vitallyrelay.source.table.TableStatus;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.source.table.TestDatabase;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ScheduledPollConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TableKameletTest {
    private static final Processor NOTHING = exchange -> {};

    @TempDir
    Path data;

    private final TestDatabase database = TestDatabase.h2();
    private final Tables tables = new Tables();
    private final SourceStates states = new SourceStates(InstantSource.system());
    private SourceRoutes routes;
    private Path query;

    @BeforeEach
    void open() throws Exception {
        database.run(
                "create table organizations (id int primary key, organization_id varchar(9), sent boolean)",
                "insert into organizations values (1, 'o1', false), (2, 'o2', false), (3, 'o3', false)");
        query = Files.writeString(
                data.resolve("query.sql"),
                "select id, organization_id from organizations where id > :id -- 100% & more\norder by id limit :limit");
        routes = new SourceRoutes(data).withDeadLetters();
        Map<String, Database> databases = Map.of("main", database.database());
        routes.camel.addComponent(
                "table",
                new TableComponent(
                        databases, tables, routes.spool.spool(), 1000, () -> false, states, InstantSource.system()));
    }

    @AfterEach
    void close() throws Exception {
        routes.close();
        database.close();
    }

    @Test
    void putsRowsIntoTheSpool() throws Exception {
        // When
        start("datasource=main&watermark=id&lookBack=0s&query=" + query, NOTHING);

        // Then
        awaitPolls(1);
        assertThat(organizations(3)).containsExactly("o1", "o2", "o3");
    }

    @Test
    void marksRowsThatAreInTheSpool() throws Exception {
        // Given
        Files.writeString(
                query, "select id, organization_id from organizations where not sent order by id limit :limit");
        Path mark = Files.writeString(data.resolve("mark.sql"), "update organizations set sent = true where id = :id");

        // When
        start("datasource=main&key=id&query=" + query + "&mark=" + mark, NOTHING);

        // Then
        awaitPolls(2);
        assertThat(organizations(3)).containsExactly("o1", "o2", "o3");
        assertThat(database.one("select count(*) from organizations where sent"))
                .isEqualTo("3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"MAPPING, broken on purpose", "CONTRACT, 'organizationId: required for organization, is absent'"})
    void makesARowThatFailsInTheRouteADeadLetterThatHoldsItWhole(DeadLetterCode code, String reason) throws Exception {
        // When
        start("datasource=main&watermark=id&lookBack=0s&query=" + query, exchange -> {
            if (exchange.getMessage().getBody(JsonNode.class).path("id").asInt() == 2) {
                if (code == DeadLetterCode.MAPPING) {
                    throw new IllegalStateException("broken on purpose");
                }
                exchange.getMessage().setBody(new ObjectMapper().createObjectNode());
            }
        });

        // Then
        awaitPolls(1);
        assertThat(organizations(2)).containsExactly("o1", "o3");
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(code);
            assertThat(letter.refusal().reason()).isEqualTo(reason);
            assertThat(letter.origin().position()).isEqualTo("id 2");
            assertThat(letter.content().form()).isEqualTo(Content.Form.RECORD);
            assertThat(letter.content().isCut()).isFalse();
            assertThat(new String(letter.content().bytes(), UTF_8)).isEqualTo("{\"id\":2,\"organization_id\":\"o2\"}");
        });
    }

    @Test
    void doesNotStartAnIntegrationWhoseDataSourceIsNotSet() throws Exception {
        // When
        start("datasource=crm&watermark=id&query=" + query, NOTHING);

        // Then
        assertThat(tables.status())
                .containsExactly(TableStatus.notPolled("organizations", "relay.datasource.crm.url is not set"));
        assertThat(polling()).isFalse();
    }

    @Test
    void doesNotStartAnIntegrationWhoseStatementCannotBeRight() throws Exception {
        // Given
        Files.writeString(query, "select * from organizations order by id limit :limit");

        // When
        start("datasource=main&watermark=id&query=" + query, NOTHING);

        // Then
        assertThat(tables.status())
                .containsExactly(TableStatus.notPolled(
                        "organizations",
                        "query: must select what lies behind the watermark, as in \"where (id) > (:id)\", but has no parameter"
                                + " :id"));
    }

    @Test
    void makesNoDeadLetterOfADatabaseThatIsAway() throws Exception {
        // Given
        database.run("alter table organizations rename to away");

        // When
        start("datasource=main&watermark=id&lookBack=0s&query=" + query, NOTHING);

        // Then
        await().until(() -> tables.status().stream().anyMatch(table -> table.failure() != null));
        assertThat(organizations(0)).isEmpty();
        assertThat(routes.spool.deadLetters()).isEmpty();
    }

    @Test
    void tellsWhileATableCannotBePolledAndWhenItCanAgain() throws Exception {
        // Given
        database.run("alter table organizations rename to away");
        start("datasource=main&watermark=id&lookBack=0s&query=" + query, NOTHING);
        await().until(() -> !states.all().isEmpty());
        List<SourceState> troubled = states.all();

        // When
        database.run("alter table away rename to organizations");

        // Then
        awaitPolls(1);
        assertThat(troubled).singleElement().satisfies(state -> {
            assertThat(state.integration()).isEqualTo("organizations");
            assertThat(state.source()).isEqualTo("table main");
            assertThat(state.problem()).contains("ORGANIZATIONS");
            assertThat(state.down()).isFalse();
        });
        await().until(() -> states.all().isEmpty());
    }

    @Test
    void makesARowThatTheRouteLetsGoADeadLetter() throws Exception {
        // When: the last one does not come to the sink
        start(
                "datasource=main&watermark=id&lookBack=0s&query=" + query,
                exchange -> exchange.setRouteStop(
                        exchange.getMessage().getBody(JsonNode.class).path("id").asInt() == 3));

        // Then
        awaitPolls(1);
        assertThat(organizations(2)).containsExactly("o1", "o2");
        assertThat(routes.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.LOST);
            assertThat(new String(letter.content().bytes(), UTF_8)).contains("o3");
        });
    }

    private void start(String parameters, Processor mapping) throws Exception {
        routes.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:sql-rows-source?integration=organizations&delay=20&" + parameters)
                        .routeId("organizations")
                        .process(mapping)
                        .process(exchange -> {
                            ObjectNode row = exchange.getMessage().getBody(ObjectNode.class);
                            row = row.deepCopy();
                            row.set("organizationId", row.remove("organization_id"));
                            row.remove("id");
                            exchange.getMessage().setBody(row);
                        })
                        .to("kamelet:vitally-sink?type=organization");
            }
        });
    }

    private boolean polling() {
        return routes.camel.getRoutes().stream()
                .map(Route::getConsumer)
                .filter(ScheduledPollConsumer.class::isInstance)
                .anyMatch(consumer -> ((ScheduledPollConsumer) consumer).isSchedulerStarted());
    }

    private void awaitPolls(long polls) {
        await().until(() -> tables.of("organizations").orElseThrow().status().polls() >= polls);
    }

    private List<String> organizations(int count) throws Exception {
        List<String> ids = new ArrayList<>();
        for (String message : TemporarySpool.texts(routes.spool.take(count))) {
            ids.add(new ObjectMapper().readTree(message).get("organizationId").textValue());
        }
        return ids;
    }
}
