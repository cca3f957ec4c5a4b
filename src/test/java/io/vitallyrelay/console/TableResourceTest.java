package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.source.table.Database;
import io.vitallyrelay.source.table.FirstPoll;
import io.vitallyrelay.source.table.Table;
import io.vitallyrelay.source.table.TableSettings;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.spool.RecordIntake;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableResourceTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final String UNIT = "table:main/accounts";
    /** One that came from nowhere. */
    private static final HttpServerRequest REQUEST = (HttpServerRequest) Proxy.newProxyInstance(
            TableResourceTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (self, method, given) -> null);

    @TempDir
    Path folder;

    private final Tables tables = new Tables();
    private TemporarySpool spool;
    private Audit audit;
    private TableResource resource;

    @BeforeEach
    void open() throws Exception {
        spool = new TemporarySpool(folder.resolve("spool"));
        audit = new Audit(folder.resolve("audit.jsonl"));
        RecordIntake intake = new RecordIntake(spool.spool().intake("accounts", UNIT));
        intake.recordDone(() -> "somewhere");
        intake.flush();
        tables.add(
                "accounts",
                new Table(
                        "accounts",
                        TableSettings.of(
                                "select * from accounts where id > :id order by id limit :limit",
                                "id",
                                "",
                                "",
                                Duration.ZERO,
                                FirstPoll.ALL,
                                3,
                                1000),
                        new Database("main", "jdbc:h2:mem:none", "sa", "", ZoneOffset.UTC, Duration.ofSeconds(1)),
                        spool.spool(),
                        () -> NOW));
        resource = new TableResource(tables, audit, new Caller(new CurrentVertxRequest()), () -> NOW);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void putsAResetIntoTheAudit() throws Exception {
        // When
        Response answer = resource.reset("accounts", "anna", REQUEST);

        // Then
        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(audit.last(1).get(0))
                .hasToString("{\"at\":\"2026-01-31T00:00:00Z\",\"by\":\"anna\",\"deed\":\"reset\","
                        + "\"what\":{\"integration\":\"accounts\"}}");
    }

    @Test
    void resetsNothingWhereTheAuditCannotBeWritten() throws Exception {
        // Given: a folder in its place
        Files.createDirectories(folder.resolve("audit.jsonl"));

        // When
        Response answer = resource.reset("accounts", "anna", REQUEST);

        // Then
        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(spool.spool().intake("accounts", UNIT).resumeAt()).isEqualTo("somewhere");
    }
}
