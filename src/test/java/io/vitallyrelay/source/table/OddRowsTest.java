package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that databases hold and nobody thinks of: each is its row's own trouble. On PostgreSQL, which has most of them. */
@Timeout(60)
class OddRowsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BY_TIME =
            "select * from t where (updated_at, id) > (:updated_at, :id) order by updated_at, id limit :limit";
    private static final String BY_ID = "select * from t where id > :id order by id limit :limit";

    private static TestDatabase database;

    @TempDir
    Path folder;

    private PolledTable table;

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.postgres();
        database.run("create extension citext");
    }

    @AfterAll
    static void closeDatabase() throws Exception {
        database.close();
    }

    @AfterEach
    void close() throws SQLException {
        if (table != null) {
            table.close();
        }
        database.run("drop schema public cascade", "create schema public", "create extension citext");
    }

    private PolledTable byTime(String... statements) throws SQLException {
        return by(database.database(), BY_TIME, "updated_at, id", statements);
    }

    private PolledTable byId(String... statements) throws SQLException {
        return by(database.database(), BY_ID, "id", statements);
    }

    private PolledTable by(Database access, String query, String watermark, String... statements) throws SQLException {
        database.run(statements);
        table = new PolledTable(access, folder);
        table.query = query;
        table.watermark = watermark;
        return table;
    }

    private PolledTable byMark(String query, String mark, String... statements) throws SQLException {
        by(database.database(), query, "", statements);
        table.key = "id";
        table.mark = mark;
        return table;
    }

    private List<String> ids() {
        return table.taken.stream().map(row -> row.path("id").asText()).toList();
    }

    /** Position and reason of each. */
    private List<String> dead() throws Exception {
        table.spool.spool().intake("accounts", "flush").flush();
        return table.spool.deadLetters().stream()
                .map(letter ->
                        letter.origin().position() + ": " + letter.refusal().reason())
                .toList();
    }

    private void pollTwiceWithARestart() {
        table.start().poll();
        table.poll();
        table.restart().poll();
        table.poll();
    }

    // ---- a watermark that is none

    @ParameterizedTest(name = "with a look-back of {0} s and pages of {1}")
    @CsvSource({"0, 2", "0, 3", "60, 2", "60, 500"})
    void readsTheRowsAroundAnInfiniteWatermarkAndBuriesItOnce(long lookBack, int pageSize) throws Exception {
        // Given
        byTime(
                "create table t (id int primary key, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z'), (2,'2026-01-02Z'), (3,'infinity'), (4,'2026-01-03Z')");
        table.lookBack = Duration.ofSeconds(lookBack);
        table.pageSize = pageSize;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("1", "2", "4");
        assertThat(dead()).containsExactly("updated_at infinity, id 3: updated_at: is infinite");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"timestamptz", "timestamp", "date"})
    void findsRowsThatComeAfterAnInfiniteOne(String type) throws Exception {
        // Given
        byTime(
                "create table t (id int primary key, updated_at " + type + ")",
                "insert into t values (1,'infinity'), (2,'2026-01-02'), (3,'-infinity'), (4,'infinity')");
        table.start().poll();
        database.run("insert into t values (5,'2026-01-03')");

        // When
        table.restart().poll();

        // Then
        assertThat(ids()).containsExactly("2", "5");
        assertThat(dead())
                .containsExactlyInAnyOrder(
                        "updated_at -infinity, id 3: updated_at: is infinite",
                        "updated_at infinity, id 1: updated_at: is infinite",
                        "updated_at infinity, id 4: updated_at: is infinite");
    }

    @Test
    void findsRowsThatComeAfterOneOfTheYear9999WithoutALookBack() throws Exception {
        // Given
        byTime(
                "create table t (id int primary key, updated_at timestamptz)",
                "insert into t values (1,'9999-12-31Z'), (2,'2026-01-02Z')");
        table.start().poll();
        database.run("insert into t values (3,'2026-01-03Z')");

        // When
        table.restart().poll();

        // Then
        assertThat(ids()).containsExactly("2", "1", "3");
    }

    @Test
    void readsWhatComesAfterwardsWhereItBeganBehindAnInfiniteOne() throws Exception {
        // Given
        byTime(
                "create table t (id int primary key, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z'), (2,'infinity')");
        table.first = FirstPoll.NOW;
        table.start().poll();
        database.run("insert into t values (3,'2026-01-03Z')");

        // When
        table.restart().poll();

        // Then
        assertThat(ids()).containsExactly("3");
        assertThat(dead()).isEmpty();
    }

    @Test
    void readsTheRowsBesideANumberThatIsNone() throws Exception {
        // Given
        byId(
                "create table t (id numeric primary key, v int)",
                "insert into t values (1,1), (2,2), ('NaN',3), ('-Infinity',4), ('Infinity',5)");
        pollTwiceWithARestart();
        database.run("insert into t values (3,6)");

        // When
        table.poll();

        // Then
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(dead())
                .containsExactlyInAnyOrder(
                        "id NaN: id: NaN is no number in JSON",
                        "id Infinity: id: Infinity is no number in JSON",
                        "id -Infinity: id: -Infinity is no number in JSON");
    }

    @ParameterizedTest(name = "with a look-back of {0} s and pages of {1}")
    @CsvSource({"0, 2", "0, 3", "60, 2", "60, 500"})
    void readsTheRowsAroundAVeryLongKey(long lookBack, int pageSize) throws Exception {
        // Given
        byTime(
                "create table t (id text, updated_at timestamptz)",
                "insert into t values ('a','2026-01-01Z'), (repeat('k',501),'2026-01-02Z'), (repeat('l',70000),'2026-01-02Z'),"
                        + " ('m','2026-01-02Z'), ('z','2026-01-03Z'), (repeat('z',501),'2026-01-03Z')");
        table.lookBack = Duration.ofSeconds(lookBack);
        table.pageSize = pageSize;
        table.maxRowBytes = 100_000;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("a", "k".repeat(501), "l".repeat(70_000), "m", "z", "z".repeat(501));
        assertThat(dead()).isEmpty();
    }

    @Test
    void readsTextsThatAreTooLongForAWatermarkOfOneColumn() throws Exception {
        // Given
        byId(
                "create table t (id text)",
                "insert into t select chr(96 + g) || repeat('x', 600) from generate_series(1, 10) g",
                "insert into t values ('z')");
        pollTwiceWithARestart();
        database.run("insert into t values ('zz')");

        // When
        table.poll();

        // Then
        assertThat(ids()).hasSize(12).doesNotHaveDuplicates().endsWith("z", "zz");
    }

    @ParameterizedTest(name = "with a look-back of {0} s and pages of {1}")
    @CsvSource({"0, 2", "0, 3", "60, 2", "60, 500"})
    void readsTheRowsAroundOneWithoutAKey(long lookBack, int pageSize) throws Exception {
        // Given
        byTime(
                "create table t (id int, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z'), (null,'2026-01-02Z'), (3,'2026-01-03Z')");
        table.lookBack = Duration.ofSeconds(lookBack);
        table.pageSize = pageSize;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("1", "3");
        assertThat(dead())
                .singleElement()
                .asString()
                .startsWith("updated_at 2026-01-02T00:00:00Z, id null: id: is null");
    }

    @ParameterizedTest(name = "with a look-back of {0} s")
    @ValueSource(longs = {0, 60})
    void buriesEachOfManyRowsWithoutAKeyOnceAndGoesOn(long lookBack) throws Exception {
        // Given twenty that are the same in all
        byTime(
                "create table t (id int, updated_at timestamptz)",
                "insert into t select null, '2026-01-02Z' from generate_series(1, 20)",
                "insert into t select null, timestamptz '2026-01-03Z' + g * interval '1 s' from generate_series(1, 20) g",
                "insert into t values (1,'2026-01-01Z'), (2,'2026-01-02Z'), (3,'2026-01-04Z')");
        table.lookBack = Duration.ofSeconds(lookBack);
        table.pageSize = 25;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(dead()).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void goesOnBehindPagesOfRowsWithoutAKey() throws Exception {
        // Given three pages of one moment
        byTime(
                "create table t (id int, updated_at timestamptz)",
                "insert into t select null, '2026-01-02Z' from generate_series(1, 9)",
                "insert into t values (1,'2026-01-01Z'), (3,'2026-01-04Z')");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(ids()).containsExactly("1", "3");
        assertThat(dead()).hasSize(9).doesNotHaveDuplicates();
    }

    @Test
    void findsRowsThatComeAfterARowWithoutAKeyAtTheEnd() throws Exception {
        // Given
        byTime(
                "create table t (id int, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z'), (null,'2026-01-02Z')");
        pollTwiceWithARestart();
        database.run("insert into t values (5,'2026-01-02Z'), (6,'2026-01-03Z')");

        // When
        table.poll();

        // Then
        assertThat(ids()).containsExactly("1", "5", "6");
        assertThat(dead()).hasSize(1);
    }

    @Test
    void tellsOnceHowManyRowsHaveNoTimestamp() throws Exception {
        // Given
        byTime(
                "create table t (id int, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z'), (2,null), (3,null), (null,'2026-01-01Z')");

        // When
        table.start().poll();
        table.poll();

        // Then
        assertThat(table.table().news())
                .extracting(told -> told.substring(0, told.indexOf(',')))
                .containsExactly("2 rows of t without updated_at", "1 row of t without id");
    }

    // ---- the first page

    @Test
    void readsRowsThatLieBeforeAllOthers() throws Exception {
        // Given
        byTime(
                "create table t (id int primary key, updated_at timestamptz)",
                "insert into t values (1,'-infinity'), (2,'0044-03-15 BC'), (3,'0500-01-01Z'), (4,'2026-01-03Z'),"
                        + " (-2147483648,'-infinity')");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.taken.stream().map(Object::toString))
                .containsExactly(
                        "{\"id\":2,\"updated_at\":\"-0043-03-15T00:00:00Z\"}",
                        "{\"id\":3,\"updated_at\":\"0500-01-01T00:00:00Z\"}",
                        "{\"id\":4,\"updated_at\":\"2026-01-03T00:00:00Z\"}");
        assertThat(dead()).hasSize(2);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "text, '', a",
        "citext, '', a",
        "varchar(9), '', a",
        "uuid, 00000000-0000-0000-0000-000000000000, 123e4567-e89b-12d3-a456-426614174000",
        "numeric, -9223372036854775809, -1",
        "bigint, -9223372036854775808, 9223372036854775807",
        "date, 0044-03-15 BC, 0500-01-01",
        "timestamp, 4713-01-01 BC, 0500-01-01"
    })
    void readsTheLowestValueOfATypeToo(String type, String lowest, String next) throws Exception {
        // Given
        byId(
                "create table t (id " + type + " primary key, v int)",
                "insert into t values ('" + lowest + "',1), ('" + next + "',2)");
        table.failing = 77;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(table.taken.stream().map(row -> row.path("v").asInt())).containsExactly(1, 2);
    }

    // ---- a day, and an hour that comes twice

    @ParameterizedTest(name = "with a look-back of {0} s")
    @ValueSource(longs = {0, 60})
    void findsALaterRowOfTheDayWhateverItsKeyIs(long lookBack) throws Exception {
        // Given
        by(
                database.database(),
                "select * from t where (day, id) > (:day, :id) order by day, id limit :limit",
                "day, id",
                "create table t (id uuid primary key, day date)",
                "insert into t values ('b0000000-0000-0000-0000-000000000001', current_date)");
        table.lookBack = Duration.ofSeconds(lookBack);
        table.start().poll();
        database.run("insert into t values ('a0000000-0000-0000-0000-000000000001', current_date)");

        // When
        table.restart().poll();
        table.poll();

        // Then
        assertThat(ids())
                .containsExactly("b0000000-0000-0000-0000-000000000001", "a0000000-0000-0000-0000-000000000001");
    }

    @ParameterizedTest(name = "{0}: {1}, then {2}, {3}")
    @CsvSource({"date, 2026-01-01, 2026-01-01, UTC", "timestamp, 2025-10-26 02:59, 2025-10-26 02:10, Europe/Berlin"})
    void findsALaterRowOfTheLastDayOrRepeatedHourLongAfterwards(String type, String first, String second, String zone)
            throws Exception {
        // Given
        by(
                database.database(ZoneId.of(zone)),
                BY_TIME,
                "updated_at, id",
                "create table t (id int primary key, updated_at " + type + ")",
                "insert into t values (5, '" + first + "')");
        table.lookBack = Duration.ofMinutes(1);
        pollTwiceWithARestart();
        database.run("insert into t values (2, '" + second + "')");

        // When
        table.poll();
        table.restart().poll();

        // Then
        assertThat(ids()).containsExactly("5", "2");
    }

    @Test
    void readsAllRowsOfALargeDayAndNoneAgain() throws Exception {
        // Given more than are remembered
        byTime(
                "create table t (id int primary key, updated_at date)",
                "insert into t select g, '2026-01-01' from generate_series(1, 4000) g",
                "insert into t select g, '2026-01-02' from generate_series(4001, 8000) g");
        table.pageSize = 1_000;

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).hasSize(8_000).doesNotHaveDuplicates();
        assertThat(table.table().news()).isEmpty();
    }

    // ---- one meaning on every machine

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "array['{\"a\":1}','2']::jsonb[] | [{\"a\":1},2]",
                "array['{\"a\":1}','2']::json[] | [{\"a\":1},2]",
                "array['2026-01-31 12:00:00Z','2026-07-31 12:00:00+02']::timestamptz[]"
                        + " | [\"2026-01-31T12:00:00Z\",\"2026-07-31T10:00:00Z\"]",
                "array['2026-03-08 02:30:00', null]::timestamp[] | [\"2026-03-08T01:30:00Z\",null]",
                "array['0044-03-15 BC', '2026-01-31']::date[] | [\"-0043-03-15\",\"2026-01-31\"]",
                "array['24:00', '00:00:00.5']::time[] | [\"24:00:00\",\"00:00:00.5\"]",
                "time '24:00' | \"24:00:00\"",
                "time '13:45' | \"13:45:00\"",
                "date '0500-01-01' | \"0500-01-01\"",
                "date '0044-03-15 BC' | \"-0043-03-15\"",
                "timestamp '2026-03-08 02:30:00' | \"2026-03-08T01:30:00Z\"",
                "timestamptz '0044-03-15 00:00:00Z BC' | \"-0043-03-15T00:00:00Z\"",
                "tstzrange('2026-01-31 12:00Z', '2026-02-01 12:00Z')"
                        + " | \"[\\\"2026-01-31 13:00:00+01\\\",\\\"2026-02-01 13:00:00+01\\\")\"",
                "daterange('2026-01-31', '2026-02-02') | \"[2026-01-31,2026-02-02)\"",
                "money '12.50' | \"$12.50\"",
                "array['1.5']::money[] | [\"$1.50\"]",
                "array[1.50, 12345678901234567890123]::numeric[] | [1.5,12345678901234567890123]",
                "array[[1,2],[3,null]] | [[1,2],[3,null]]",
                "array[true, null] | [true,null]",
                "array['\\x00ff'::bytea] | [\"AP8=\"]",
                "array[]::text[] | []",
                "array['a,\"b', null, 'NULL'] | [\"a,\\\"b\",null,\"NULL\"]",
                "0.1::real | 0.1"
            })
    void makesTheSameJsonOnEveryMachine(String value, String json) throws Exception {
        // Given
        by(
                database.database(ZoneId.of("Europe/Berlin")),
                "select 1 as id, " + value + " as v where 1 > :id order by id limit :limit",
                "id");
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));

        // When
        try {
            table.start().poll();
        } finally {
            TimeZone.setDefault(zone);
        }

        // Then
        assertThat(table.failure()).isNull();
        assertThat(dead()).isEmpty();
        JsonNode row = table.taken.get(0);
        assertThat(row.path("v").toString()).isEqualTo(JSON.readTree(json).toString());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "array['NaN']::float8[]",
                "array['infinity']::timestamptz[]",
                "array['1', 'Infinity']::numeric[]",
                "date 'infinity'",
                "timestamp '-infinity'"
            })
    void buriesARowWithAValueThatIsNoJson(String value) throws Exception {
        // Given
        by(
                database.database(),
                "select id, case when id = 2 then " + value
                        + " end as v from t where id > :id order by id limit :limit",
                "id",
                "create table t (id int)",
                "insert into t values (1), (2), (3)");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(ids()).containsExactly("1", "3");
        assertThat(dead()).singleElement().asString().startsWith("id 2: v: ");
    }

    // ---- types that the database alone knows

    @Test
    void goesByACitext() throws Exception {
        // Given
        byTime(
                "create table t (id citext primary key, updated_at timestamptz)",
                "insert into t values ('b','2026-01-01Z'), ('A','2026-01-01Z'), ('c','2026-01-01Z'), ('D','2026-01-01Z')");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("A", "b", "c", "D");
    }

    @Test
    void saysHowAnEnumIsMadeAWatermark() throws Exception {
        // Given
        byTime(
                "create type plan as enum ('free','pro')",
                "create table t (id plan primary key, updated_at timestamptz)",
                "insert into t values ('free','2026-01-01Z')");

        // When
        table.start().poll();

        // Then
        assertThat(table.failure())
                .isEqualTo(
                        "watermark: id is of type plan, must be a timestamp, date, whole or decimal number, text or uuid:"
                                + " make one of it by a cast, as in cast(id as varchar(200)), in what is selected, compared and"
                                + " ordered by");
    }

    @Test
    void goesByAnEnumWithThatCast() throws Exception {
        // Given
        by(
                database.database(),
                "select cast(id as varchar(200)) as id, updated_at from t where (updated_at, cast(id as varchar(200))) >"
                        + " (:updated_at, :id) order by updated_at, cast(t.id as varchar(200)) limit :limit",
                "updated_at, id",
                "create type plan as enum ('pro','free')",
                "create table t (id plan, updated_at timestamptz)",
                "insert into t values ('free','2026-01-01Z'), ('pro','2026-01-01Z')");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("free", "pro");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "state, new",
        "citext, NEW",
        "shorttext, new",
        "money, 5",
        "time, 24:00",
        "timetz, 12:00+02",
        "inet, 10.0.0.1",
        "'int[]', '{1,2}'",
        "interval, 1 day",
        "xml, <a/>",
        "boolean, true",
        "timestamp, infinity",
        "timestamptz, -infinity",
        "numeric, NaN",
        "float8, NaN",
        "date, 0044-03-15 BC",
        "uuid, 123e4567-e89b-12d3-a456-426614174000",
        "jsonb, '{}'",
        "bytea, \\x00"
    })
    void marksByAValueOfAnyType(String type, String value) throws Exception {
        // Given
        String same = type.equals("xml") ? "v::text = cast(:v as text)" : "v = :v";
        byMark(
                "select * from t where sent is null order by id limit :limit",
                "update t set sent = true where id = :id and " + same,
                "create type state as enum ('new','done')",
                "create domain shorttext as text check (length(value) < 9)",
                "create table t (id int primary key, v " + type + ", sent boolean)",
                "insert into t values (1, '" + value + "', null)");

        // When
        table.start().poll();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(database.one("select count(*) from t where sent")).isEqualTo("1");
    }

    // ---- marks that are refused

    private static final String UNSENT = "select * from t where sent_at is null order by id limit :limit";
    private static final String SEND = "update t set sent_at = now() where id = :id";

    private PolledTable withRefusedMarks() throws SQLException {
        return byMark(
                UNSENT,
                SEND,
                "create table t (id int primary key, v text, sent_at timestamptz, check (v <> 'bad' or sent_at is null))",
                "insert into t select g, case when g <= 3 or g = 7 then 'bad' else 'ok' end from generate_series(1,10) g");
    }

    @Test
    void readsAndMarksTheRowsBehindAPageOfRefusedMarks() throws Exception {
        // Given
        withRefusedMarks();

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(database.one("select string_agg(id::text, ' ' order by id) from t where sent_at is null"))
                .isEqualTo("1 2 3 7");
        assertThat(dead()).isEmpty();
    }

    @Test
    void tellsOnceWhoseMarkIsRefused() throws Exception {
        // Given
        withRefusedMarks().pageSize = 10;

        // When
        table.start().poll();
        table.poll();
        table.poll();

        // Then
        assertThat(table.table().news())
                .containsExactly(
                        "mark: refused for id 1; id 2; id 3 and 1 others, sent nevertheless and passed over from"
                                + " now on: ERROR: new row for relation \"t\" violates check constraint \"t_check\"");
    }

    @Test
    void marksARowAfterAStartWhoseMarkIsRefusedNoMore() throws Exception {
        // Given
        withRefusedMarks().start().poll();
        database.run("alter table t drop constraint t_check");

        // When
        table.restart().poll();

        // Then
        assertThat(ids()).hasSize(10);
        assertThat(database.one("select count(*) from t where sent_at is null")).isEqualTo("0");
    }

    @Test
    void readsARowAgainThatChangedAfterItsMarkWasRefused() throws Exception {
        // Given
        withRefusedMarks().start().poll();
        database.run("update t set v = 'mended' where id = 2");

        // When
        List<Integer> ids = table.poll();

        // Then
        assertThat(ids).containsExactly(2);
    }

    @Test
    void goesOnWhereTheMarkOfOneRowHasNoEffect() throws Exception {
        // Given
        byMark(
                UNSENT,
                "update t set sent_at = now() where id = :id and v <> 'bad'",
                "create table t (id int primary key, v text, sent_at timestamptz)",
                "insert into t select g, case when g <= 3 then 'bad' else 'ok' end from generate_series(2,10) g");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("2", "3", "4", "5", "6", "7", "8", "9", "10");
    }

    @Test
    void goesOnWhereAMarkIsRefusedAtTheEndOfItsTransaction() throws Exception {
        // Given
        byMark(
                UNSENT,
                "update t set sent_at = now(), other = v where id = :id",
                "create table others (id int primary key)",
                "insert into others values (1)",
                "create table t (id int primary key, v int, sent_at timestamptz,"
                        + " other int references others deferrable initially deferred)",
                "insert into t values (1, 1), (2, 99), (3, 1), (4, 1), (5, 1)");

        // When
        pollTwiceWithARestart();

        // Then
        assertThat(table.failure()).isNull();
        assertThat(ids()).containsExactly("1", "2", "3", "4", "5");
        assertThat(database.one("select string_agg(id::text, ' ') from t where sent_at is null"))
                .isEqualTo("2");
    }

    @Test
    void takesRowsWithAVeryLongKey() throws Exception {
        // Given
        byMark(
                UNSENT,
                SEND,
                "create table t (id text, v int, sent_at timestamptz)",
                "insert into t values ('a',1,null), (repeat('k',70000),2,null), ('z',3,null)");
        table.maxRowBytes = 100_000;

        // When
        table.start().poll();

        // Then
        assertThat(table.restart().poll()).isEmpty();
        assertThat(table.taken.stream().map(row -> row.path("v").asInt())).containsExactly(1, 2, 3);
        assertThat(table.positions).allSatisfy(position -> assertThat(position).hasSizeLessThan(300));
        assertThat(table.positions.get(1)).contains("... (70000 characters, SHA-256 ");
    }

    // ---- a database that does not answer

    @Test
    void breaksOffAPollOfALockedTableAndGoesOnAfterwards() throws Exception {
        // Given
        by(
                database.database(ZoneOffset.UTC, Duration.ofSeconds(1)),
                BY_TIME,
                "updated_at, id",
                "create table t (id int primary key, updated_at timestamptz)",
                "insert into t values (1,'2026-01-01Z')");
        table.start().poll();
        String failure;
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table t in access exclusive mode");
            table.poll();
            failure = table.failure();
        }

        // When
        table.poll();

        // Then
        assertThat(failure)
                .isEqualTo("data source main: ERROR: canceling statement due to statement timeout;"
                        + " it may take relay.datasource.main.timeout=1s");
        assertThat(table.failure()).isNull();
    }

    @Test
    void saysSinceWhenAPollWaits() throws Exception {
        // Given
        byTime("create table t (id int primary key, updated_at timestamptz)");
        table.start().poll();
        Instant since = table.now.plusSeconds(120);
        Instant waits;
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table t in access exclusive mode");
            CompletableFuture<?> poll = CompletableFuture.runAsync(table::poll);
            await().until(() -> database.one("select count(*) from pg_locks where not granted")
                    .equals("1"));

            // When
            table.now = since.plusSeconds(6);
            waits = table.table().status().waitsSince();
            other.rollback();
            poll.join();
        }

        // Then
        assertThat(waits).isEqualTo(since);
        assertThat(table.table().status().waitsSince()).isNull();
    }
}
