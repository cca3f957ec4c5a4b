package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.spool.RecordIntake;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A table with a spool behind it; its rows become tracks with the row as their properties. It can be started again. */
final class PolledTable implements AutoCloseable {
    static final String BY_WATERMARK = """
            select * from accounts
            where (updated_at, id) > (:updated_at, :id)
            order by updated_at, id
            limit :limit""";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract CONTRACT = new Contract(200_000, InstantSource.system());

    private final Database database;
    private final Path folder;

    String query = BY_WATERMARK;
    String watermark = "updated_at, id";
    String mark = "";
    String key = "";
    Duration lookBack = Duration.ZERO;
    FirstPoll first = FirstPoll.ALL;
    int pageSize = 3;
    int maxRowBytes = 10_000;
    /** Rows whose id is this fail in the route, and nobody makes them dead letters. */
    int failing = -1;
    /** What happens in the database while the first row is in the route. */
    Callable<?> meanwhile = () -> null;

    volatile Instant now = Instant.parse("2026-01-31T12:00:00Z");

    TemporarySpool spool;
    private Table table;
    final List<ObjectNode> taken = new ArrayList<>();
    final List<String> messageIds = new ArrayList<>();
    final List<String> positions = new ArrayList<>();

    PolledTable(TestDatabase database, Path folder) {
        this(database.database(), folder);
    }

    PolledTable(Database database, Path folder) {
        this.database = database;
        this.folder = folder;
    }

    PolledTable byMark(String update) {
        query = "select * from accounts where sent_at is null order by id limit :limit";
        watermark = "";
        key = "id";
        mark = update;
        return this;
    }

    PolledTable start() {
        spool = spool == null ? new TemporarySpool(folder) : spool;
        table = new Table(
                "accounts",
                TableSettings.of(query, watermark, mark, key, lookBack, first, pageSize, maxRowBytes),
                database,
                spool.spool(),
                () -> now);
        return this;
    }

    /** The place that the spool has. */
    String stored() {
        return spool.spool().intake("accounts", "table:main/accounts").resumeAt();
    }

    /** Puts one there. */
    void stored(String place) throws InterruptedException {
        spool = new TemporarySpool(folder);
        RecordIntake intake = new RecordIntake(spool.spool().intake("accounts", "table:main/accounts"));
        intake.recordDone(() -> place);
        intake.flush();
    }

    /** The service is ended and started: nothing is left but the spool. */
    PolledTable restart() {
        table.close();
        spool.close();
        spool = null;
        return start();
    }

    /** Polls, and gives the ids of the rows that were taken. */
    List<Integer> poll() {
        int before = taken.size();
        now = now.plusSeconds(120);
        table.poll(this::take, () -> false);
        return taken.stream().skip(before).map(row -> row.path("id").asInt()).toList();
    }

    private void take(TableReading rows) throws Exception {
        while (rows.hasNext()) {
            JsonNode row = (JsonNode) rows.next();
            if (row == null) {
                continue;
            }
            if (row.path("id").asInt() == failing) {
                rows.failed(new IllegalStateException("broken on purpose"));
                continue;
            }
            meanwhile.call();
            meanwhile = () -> null;
            ObjectNode track = JSON.createObjectNode().put("userId", "u").put("event", "e");
            track.set("properties", row);
            Message message = CONTRACT.admit(track, new Stamp("track", NullPolicy.SEND, rows.origin(), 0));
            rows.intake().message(message, rows.origin().position());
            taken.add((ObjectNode) row);
            positions.add(rows.origin().position());
            messageIds.add(message.messageId());
        }
    }

    String failure() {
        return table.status().failure();
    }

    Table table() {
        return table;
    }

    @Override
    public void close() {
        if (table != null) {
            table.close();
        }
        if (spool != null) {
            spool.close();
        }
    }
}
