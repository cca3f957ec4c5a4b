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
    String bytesLiteral() {
        return "'\\x0001ff'::bytea";
    }

    @Override
    String jsonLiteral() {
        return "'{\"a\": [1.50, null]}'::jsonb";
    }
}
