package io.vitallyrelay.source.table;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "io.vitallyrelay.source.table.MariaDbServer#canBeStarted",
        disabledReason = "needs an installed mariadbd, and its driver: mvn -Pmariadb")
class MariaDbTableTest extends TableTest {
    private static TestDatabase database;

    @BeforeAll
    static void open() throws SQLException {
        database = TestDatabase.mariaDb();
        createTypes();
    }

    @AfterAll
    static void closeDatabase() throws Exception {
        database.close();
    }

    @Override
    TestDatabase database() {
        return database;
    }

    @Override
    String instantType() {
        return "timestamp(6) null";
    }

    /** The test's own session is in UTC. */
    @Override
    String instant(Instant instant) {
        return "timestamp '" + instant.toString().replace('T', ' ').replace("Z", "") + "'";
    }

    @Override
    String types() {
        return "select * from many_types";
    }

    @Override
    String typesAsJson() {
        return """
                {"updated_at": 1, "id": 1, "nothing": null, "yes": true, "bit": false, "byte": 5, "whole": 9007199254740993,
                 "huge": 18446744073709551615, "amount": 2490, "large": 1000, "price": 349.5, "share": 0.1,
                 "text": "M\\u00fcller", "choice": "a", "choices": "a,b", "day": "2026-02-28", "year": 2026,
                 "clock": "13:45:00", "span": "-30:15:00", "local": "2026-07-01T10:00:00.123456Z",
                 "instant": "2026-07-01T12:00:00.500Z", "key": "0f8fad5b-d9cb-469f-a165-70867728950e", "bytes": "AAH/",
                 "json": {"a": [1.50, null]}}""";
    }

    private static void createTypes() throws SQLException {
        database.run("""
                create table many_types (updated_at int, id int, nothing varchar(9), yes boolean, bit bit(1), byte tinyint,
                  whole bigint, huge bigint unsigned, amount numeric(10,2), large numeric(30,0), price double, share float,
                  text text, choice enum('a', 'b'), choices set('a', 'b'), day date, year year, clock time(3), span time,
                  local datetime(6), instant timestamp(6), `key` uuid, bytes blob, json json)""", """
                insert into many_types values (1, 1, null, true, 0, 5, 9007199254740993, 18446744073709551615, 2490.00, 1000,
                  349.5, 0.1, 'M\u00fcller', 'a', 'b,a', '2026-02-28', 2026, '13:45:00', '-30:15:00',
                  '2026-07-01 12:00:00.123456', '2026-07-01 12:00:00.5', '0f8fad5b-d9cb-469f-a165-70867728950e', x'0001ff',
                  '{"a": [1.50, null]}')""");
    }

    @Override
    @Disabled("it has no value that JSON cannot hold")
    void makesARowThatCannotBeReadADeadLetterWithItsKey() {}
}
