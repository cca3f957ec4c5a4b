package io.vitallyrelay.source.table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresTableTest extends TableTest {
    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.postgres();
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
    String types() {
        return standardTypes("'\\x0001ff'::bytea", "'{\"a\": [1.50, null]}'::jsonb");
    }
}
