package io.vitallyrelay.source.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.spool.DeadLetterCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every database. */
@Timeout(60)
abstract class TableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MARK = "update accounts set sent_at = current_timestamp where id = :id";

    private final TestDatabase database = database();

    @TempDir
    Path folder;

    private PolledTable accounts;

    abstract TestDatabase database();

    @BeforeEach
    void createTable() throws SQLException {
        database.run("drop table if exists accounts", """
                create table accounts (
                  id int primary key,
                  name varchar(100),
                  updated_at %1$s,
                  sent_at %1$s)""".formatted(instantType()));
        accounts = new PolledTable(database, folder.resolve("spool"));
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    /** Rows with a second between them, long ago. */
    private void insert(int from, int to) throws SQLException {
        insert(from, to, id -> instant(LONG_AGO.plusSeconds(id)));
    }

    private void insert(int from, int to, String updatedAt) throws SQLException {
        insert(from, to, id -> updatedAt);
    }

    private void insert(int from, int to, IntFunction<String> updatedAt) throws SQLException {
        database.run(IntStream.rangeClosed(from, to)
                .mapToObj(id -> "(" + id + ", 'n', " + updatedAt.apply(id) + ")")
                .collect(Collectors.joining(", ", "insert into accounts (id, name, updated_at) values ", "")));
    }

    /** A type for points in time. */
    String instantType() {
        return "timestamp with time zone";
    }

    String instant(Instant instant) {
        return "timestamp with time zone '"
                + instant.toString().replace('T', ' ').replace("Z", "+00") + "'";
    }

    // ---- watermark

    @Test
    void readsAllPagesInTheOrderOfTheWatermark() throws Exception {
        // Given
        insert(1, 10);

        // When
        List<Integer> ids = accounts.start().poll();

        // Then
        assertThat(ids).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void readsOnlyWhatChangedSince() throws Exception {
        // Given
        insert(1, 5);
        accounts.start().poll();
        database.run("update accounts set updated_at = current_timestamp where id in (2, 4)");

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(ids).containsExactly(2, 4);
    }

    @ParameterizedTest(name = "with a look-back of {0}")
    @CsvSource({"0", "60"})
    void readsNothingAgainAfterARestart(long lookBack) throws Exception {
        // Given
        accounts.lookBack = Duration.ofSeconds(lookBack);
        insert(1, 5);
        insert(6, 9, "current_timestamp");
        accounts.start().poll();

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).isEmpty();
        assertThat(accounts.taken).hasSize(9);
    }

    @Test
    void goesOnBehindTheLastRowThatWasTaken() throws Exception {
        // Given
        insert(1, 8);
        accounts.failing = 5;
        accounts.start().poll();
        accounts.failing = -1;

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).containsExactly(5, 6, 7, 8);
    }

    @Test
    void readsRowsOfOneTimestampAcrossPages() throws Exception {
        // Given
        insert(1, 11, instant(LONG_AGO));

        // When
        List<Integer> ids = accounts.start().poll();

        // Then
        assertThat(ids).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }

    @ParameterizedTest(name = "with a restart: {0}")
    @CsvSource({"false", "true"})
    void readsARowThatIsCommittedLateAndNoOtherAgain(boolean restart) throws Exception {
        // Given
        accounts.lookBack = Duration.ofHours(1);
        insert(1, 4);
        insert(5, 7, "current_timestamp - interval '1' minute");
        try (Connection late = database.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute(
                    "insert into accounts (id, updated_at) values (8, current_timestamp - interval '2' minute)");
            accounts.start().poll();
            late.commit();
        }

        // When
        List<Integer> ids = (restart ? accounts.restart() : accounts).poll();

        // Then
        assertThat(ids).containsExactly(8);
        assertThat(accounts.poll()).isEmpty();
    }

    @Test
    void readsARowThatIsCommittedBehindAPageWhileThePollGoesOn() throws Exception {
        // Given rows that are old enough when the second page is read, and were not for the first
        accounts.lookBack = Duration.ofSeconds(4);
        insert(1, 7, "current_timestamp");
        accounts.meanwhile = () -> {
            database.run("insert into accounts (id, updated_at) select 0, updated_at from accounts where id = 1");
            String old = "select count(*) from accounts where updated_at < current_timestamp - interval '5' second";
            await().until(() -> database.one(old).equals("8"));
            return null;
        };
        accounts.start().poll();

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(accounts.taken).hasSize(8);
        assertThat(ids).containsExactly(0);
    }

    @Test
    void sendsARowAgainThatChangedInsideTheLookBack() throws Exception {
        // Given
        accounts.lookBack = Duration.ofHours(1);
        insert(1, 4, "current_timestamp");
        accounts.start().poll();
        database.run("update accounts set name = 'new', updated_at = current_timestamp where id = 2");

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(ids).containsExactly(2);
    }

    @Test
    void leavesRowsUntilThereIsRoomToRememberThem() throws Exception {
        // Given
        accounts.lookBack = Duration.ofSeconds(3);
        accounts.pageSize = 1_000;
        insert(1, Remembered.MOST + 500, "current_timestamp + interval '1' second");
        accounts.start().poll();
        int atFirst = accounts.taken.size();

        // When
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            accounts.poll();
            return accounts.taken.size() >= Remembered.MOST + 500;
        });

        // Then
        assertThat(atFirst).isEqualTo(Remembered.MOST);
        assertThat(accounts.messageIds).hasSize(Remembered.MOST + 500).doesNotHaveDuplicates();
        assertThat(accounts.failure()).isNull();
    }

    @Test
    void beginsWithWhatChangesFromNowOnWhereItIsToldTo() throws Exception {
        // Given
        accounts.first = FirstPoll.NOW;
        insert(1, 10);
        accounts.start().poll();
        insert(11, 12);

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).containsExactly(11, 12);
        assertThat(accounts.taken).hasSize(2);
    }

    @Test
    void takesRowsOfATableThatWasEmptyAtFirst() throws Exception {
        // Given
        accounts.first = FirstPoll.NOW;
        accounts.start().poll();
        insert(1, 2);

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).containsExactly(1, 2);
    }

    @Test
    void readsTheWholeTableAgainAfterAReset() throws Exception {
        // Given
        insert(1, 4);
        accounts.start().poll();

        // When
        String place = accounts.table().reset();

        // Then
        assertThat(place).matches("updated_at 2026-01-01T00:00:04Z?, id 4");
        assertThat(accounts.restart().poll()).containsExactly(1, 2, 3, 4);
        assertThat(accounts.messageIds.subList(4, 8)).isEqualTo(accounts.messageIds.subList(0, 4));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "smallint, 3",
        "bigint, 3",
        "'numeric(20,3)', 3.5",
        "varchar(10), '''b'''",
        "date, date '2026-01-31'",
        "timestamp, timestamp '2026-01-31 12:00:00.123456'",
        "uuid, '''0f8fad5b-d9cb-469f-a165-70867728950e'''"
    })
    void goesByAColumnOfThatType(String type, String value) throws Exception {
        // Given
        database.run(
                "drop table accounts",
                "create table accounts (updated_at " + type + ", id int)",
                "insert into accounts values (" + value + ", 1), (" + value + ", 2), (" + value + ", 3)");
        accounts.start().poll();
        accounts.restart().poll();
        database.run("insert into accounts values (" + value + ", 4)");

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(accounts.failure()).isNull();
        assertThat(ids).containsExactly(4);
        assertThat(accounts.taken).hasSize(4);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                ">= (:updated_at, :id) order by updated_at, id | compare by > and not by >=",
                "> (:updated_at, :id) order by updated_at desc, id | rows must come in the order of the watermark",
                "> (:updated_at, :id) and nonsense = 1 order by 1, 2 | NONSENSE"
            })
    void saysWhatIsWrongWithAQuery(String condition, String failure) throws Exception {
        // Given
        insert(1, 5);
        accounts.query = "select * from accounts where (updated_at, id) " + condition + " limit :limit";

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure()).containsIgnoringCase(failure);
    }

    @Test
    void refusesAWatermarkThatDoesNotTellRowsApart() throws Exception {
        // Given
        insert(1, 5, instant(LONG_AGO));
        accounts.watermark = "updated_at";
        accounts.query = "select * from accounts where updated_at > :updated_at order by updated_at limit :limit";

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure()).contains("came behind another with the same");
        assertThat(accounts.taken).isEmpty();
    }

    @Test
    void refusesTwoRowsOfOneWatermarkOnTwoPages() throws Exception {
        // Given a page of three
        insert(1, 3);
        insert(4, 4, instant(LONG_AGO.plusSeconds(3)));
        accounts.watermark = "updated_at";
        accounts.query = "select * from accounts where updated_at > :updated_at order by updated_at limit :limit";

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure()).contains("came behind another with the same");
        assertThat(accounts.taken).hasSize(2);
    }

    @Test
    void refusesAQueryThatDoesNotSelectTheWatermark() throws Exception {
        // Given
        accounts.query = PolledTable.BY_WATERMARK.replace("*", "id, name");

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure())
                .isEqualTo("query: must select updated_at, a column of the watermark; it selects id, name");
    }

    @Test
    void refusesALookBackWithoutATimestamp() throws Exception {
        // Given
        accounts.lookBack = Duration.ofMinutes(1);
        accounts.watermark = "id";
        accounts.query = "select * from accounts where id > :id order by id limit :limit";

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure())
                .contains("lookBack needs a watermark that begins with a timestamp or date, and id is none");
    }

    @Test
    void goesOnWhenTheTableIsThereAgain() throws Exception {
        // Given
        database.run("alter table accounts rename to away");
        accounts.start().poll();
        String failure = accounts.failure();
        database.run("alter table away rename to accounts");
        insert(1, 3);

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(failure).containsIgnoringCase("accounts");
        assertThat(ids).containsExactly(1, 2, 3);
        assertThat(accounts.failure()).isNull();
    }

    // ---- mark

    @Test
    void marksTheRowsThatWereTaken() throws Exception {
        // Given
        insert(1, 7);

        // When
        List<Integer> ids = accounts.byMark(MARK).start().poll();

        // Then
        assertThat(ids).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(database.one("select count(*) from accounts where sent_at is null"))
                .isEqualTo("0");
    }

    @Test
    void marksRowsThatWereTakenBeforeACrashAndDoesNotTakeThemAgain() throws Exception {
        // Given a mark that cannot be set, and then one that can
        insert(1, 7);
        accounts.byMark("update nothing set sent_at = current_timestamp where id = :id")
                .start()
                .poll();
        int before = accounts.taken.size();
        accounts.mark = MARK;

        // When
        accounts.restart().poll();

        // Then
        assertThat(before).isEqualTo(3);
        assertThat(accounts.taken).hasSize(7);
        assertThat(accounts.messageIds).doesNotHaveDuplicates();
        assertThat(database.one("select count(*) from accounts where sent_at is null"))
                .isEqualTo("0");
    }

    @Test
    void takesNoRowTwiceWhoseMarkHasNoEffect() throws Exception {
        // Given
        insert(1, 7);
        accounts.byMark("update accounts set name = 'sent' where id = :id")
                .start()
                .poll();
        accounts.poll();

        // When
        accounts.restart().poll();

        // Then
        assertThat(accounts.messageIds).doesNotHaveDuplicates();
        assertThat(accounts.taken.size()).isLessThanOrEqualTo(7);
    }

    @Test
    void saysThatAMarkHasNoEffect() throws Exception {
        // Given
        insert(1, 2);

        // When
        accounts.byMark("update accounts set sent_at = null where id = :id")
                .start()
                .poll();

        // Then
        assertThat(accounts.failure())
                .isEqualTo(
                        "mark: the row id 1 was marked, and the query yields it again as it was: the mark must change what"
                                + " the query selects by");
    }

    @Test
    void takesARowAgainThatChangedBeforeItWasMarked() throws Exception {
        // Given a mark that is bound to what was read
        insert(1, 2);
        accounts.byMark(MARK + " and updated_at = :updated_at");
        accounts.failing = 2;
        accounts.start().poll();
        database.run("update accounts set name = 'new', updated_at = current_timestamp where id = 1");
        accounts.failing = -1;

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(ids).containsExactly(1, 2);
        assertThat(database.one("select count(*) from accounts where sent_at is null"))
                .isEqualTo("0");
    }

    @Test
    void marksWhatWasTakenWhenItWasStoppedInAPage() throws Exception {
        // Given
        insert(1, 3);
        accounts.byMark(MARK);
        accounts.failing = 3;
        accounts.start().poll();
        accounts.failing = -1;

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).containsExactly(3);
        assertThat(accounts.messageIds).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void goesOnWhereTheSpoolHasManyRowsOfWhichItDoesNotKnowThatTheyAreMarked() throws Exception {
        // Given a page that was marked, and then one that was marked just before a crash
        accounts.pageSize = TableSettings.LARGEST_PAGE;
        insert(1, accounts.pageSize);
        accounts.byMark(MARK).start().poll();
        insert(accounts.pageSize + 1, 2 * accounts.pageSize);
        accounts.mark = "update nothing set sent_at = current_timestamp where id = :id";
        accounts.restart().poll();
        accounts.mark = MARK;
        database.run("update accounts set sent_at = current_timestamp where sent_at is null");
        insert(10_000, 10_001);

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(ids).containsExactly(10_000, 10_001);
        assertThat(accounts.messageIds).hasSize(2 * accounts.pageSize + 2).doesNotHaveDuplicates();
        assertThat(database.one("select count(*) from accounts where sent_at is null"))
                .isEqualTo("0");
    }

    // ---- what earlier builds stored

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"columns\":[\"updated_at\",\"id\"],\"floor\":[\"2026-01-01T00:00:02Z\",\"2\"],\"taken\":\"\"} | 3 4",
                "{\"columns\":[\"updated_at\",\"id\"],\"floor\":[\"1000-01-01T00:00:00Z\",\"-9223372036854775808\"],"
                        + "\"taken\":\"\"} | 1 2 3 4"
            })
    void goesOnFromAPlaceOfTheBuildBefore(String place, String rest) throws Exception {
        // Given
        insert(1, 4);
        accounts.stored(place);

        // When
        List<Integer> ids = accounts.start().poll();

        // Then
        assertThat(accounts.failure()).isNull();
        assertThat(ids.stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(rest);
    }

    @Test
    void knowsTheRowsThatTheBuildBeforeTookAndDidNotMark() throws Exception {
        // Given
        insert(1, 3);
        accounts.failing = 3;
        accounts.byMark(MARK).start().poll();
        String stored = accounts.stored();
        accounts.failing = -1;

        // When
        List<Integer> ids = accounts.restart().poll();

        // Then
        assertThat(stored).matches("[A-Za-z0-9+/]+");
        assertThat(ids).containsExactly(3);
    }

    // ---- errors

    @Test
    void pollsAgainAfterAnError() throws Exception {
        // Given
        insert(1, 3);
        accounts.meanwhile = () -> {
            throw new StackOverflowError();
        };
        accounts.start().poll();
        String failure = accounts.failure();
        accounts.meanwhile = () -> null;

        // When
        List<Integer> ids = accounts.poll();

        // Then
        assertThat(failure).isEqualTo("java.lang.StackOverflowError");
        assertThat(ids).containsExactly(1, 2, 3);
    }

    // ---- rows

    @Test
    void makesJsonOfEveryType() throws Exception {
        // Given
        PolledTable berlin = new PolledTable(database.database(ZoneId.of("Europe/Berlin")), folder.resolve("berlin"));
        berlin.query = "select * from (" + types()
                + ") r where (updated_at, id) > (:updated_at, :id) order by updated_at, id limit :limit";

        // When
        berlin.start().poll();

        // Then
        try (berlin) {
            assertThat(berlin.failure()).isNull();
            assertThat(berlin.taken).hasSize(1);
            assertThat(JSON.readTree(berlin.taken.get(0).toString())).isEqualTo(JSON.readTree(typesAsJson()));
        }
    }

    /** A query of one row with a value of each type. */
    abstract String types();

    static String standardTypes(String bytes, String json) {
        return """
                select 1 as updated_at, 1 as id, cast(null as varchar(9)) as nothing, true as yes,
                  cast(9007199254740993 as bigint) as whole, cast(2490.00 as numeric(10,2)) as amount,
                  cast(1000 as numeric(30,0)) as large, cast(0.05 as numeric(4,2)) as small,
                  cast(349.5 as double precision) as price, cast(0.1 as real) as share, 'M\u00fcller' as text,
                  date '2026-02-28' as "day", time '13:45:00' as clock,
                  timestamp '2026-07-01 12:00:00.123456' as "local",
                  timestamp with time zone '2026-07-01 14:00:00+02' as "instant",
                  cast('0f8fad5b-d9cb-469f-a165-70867728950e' as uuid) as "key", %s as bytes,
                  array['a', null, 'b'] as tags, array[1, 2] as numbers, %s as "json\"""".formatted(bytes, json);
    }

    /** The same; times without a zone are in Berlin. */
    String typesAsJson() {
        return """
                {"updated_at": 1, "id": 1, "nothing": null, "yes": true, "whole": 9007199254740993, "amount": 2490,
                 "large": 1000, "small": 0.05, "price": 349.5, "share": 0.1, "text": "M\\u00fcller", "day": "2026-02-28",
                 "clock": "13:45:00", "local": "2026-07-01T10:00:00.123456Z", "instant": "2026-07-01T12:00:00Z",
                 "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "bytes": "AAH/", "tags": ["a", null, "b"],
                 "numbers": [1, 2], "json": {"a": [1.50, null]}}""";
    }

    @Test
    void makesARowThatCannotBeReadADeadLetterWithItsKey() throws Exception {
        // Given
        insert(1, 3);
        accounts.query = PolledTable.BY_WATERMARK.replace(
                "*", "accounts.*, case when id = 2 then cast('NaN' as double precision) else 0.5 end as score");

        // When
        List<Integer> ids = accounts.start().poll();

        // Then
        assertThat(ids).containsExactly(1, 3);
        accounts.spool.spool().intake("accounts", "flush").flush();
        assertThat(accounts.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.origin().unit()).isEqualTo("table:main/accounts");
            assertThat(letter.origin().position()).isEqualTo("updated_at 2026-01-01T00:00:02Z, id 2");
            assertThat(letter.refusal().reason()).isEqualTo("score: NaN is no number in JSON");
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.MALFORMED);
            assertThat(new String(letter.content().bytes(), UTF_8)).contains("\"id\":2,\"name\":\"n\"");
            assertThat(letter.content().isCut()).isTrue();
        });
    }

    @Test
    void makesARowThatIsTooLargeADeadLetter() throws Exception {
        // Given
        insert(1, 2);
        database.run("update accounts set name = '" + "x".repeat(99) + "' where id = 1");
        accounts.maxRowBytes = 60;

        // When
        List<Integer> ids = accounts.start().poll();

        // Then
        assertThat(ids).containsExactly(2);
        accounts.spool.spool().intake("accounts", "flush").flush();
        assertThat(accounts.spool.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.refusal().code()).isEqualTo(DeadLetterCode.TOO_LARGE);
            assertThat(letter.refusal().reason()).endsWith("at most 60 are allowed");
            assertThat(letter.content().isCut()).isTrue();
        });
    }

    @Test
    void bindsValuesAndNeverPutsThemIntoTheStatement() throws Exception {
        // Given
        List<String> names = new ArrayList<>(List.of("'; drop table accounts --", "'", "?", ":name", "\\"));
        names.sort(null);
        accounts.watermark = "name";
        accounts.query = "select * from accounts where name > :name order by name limit :limit";
        accounts.pageSize = 2;
        try (Connection connection = database.connect();
                var insert = connection.prepareStatement("insert into accounts (id, name) values (?, ?)")) {
            for (int i = 0; i < names.size(); i++) {
                insert.setInt(1, i);
                insert.setString(2, names.get(i));
                insert.execute();
            }
        }

        // When
        accounts.start().poll();

        // Then
        assertThat(accounts.failure()).isNull();
        assertThat(accounts.taken)
                .extracting(row -> row.path("name").asText())
                .containsExactlyInAnyOrderElementsOf(names);
    }
}
