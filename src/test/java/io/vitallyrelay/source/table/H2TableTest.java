package io.vitallyrelay.source.table;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2TableTest extends TableTest {
    private static TestDatabase database;

    @BeforeAll
    static void open() {
        database = TestDatabase.h2();
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
        return standardTypes("x'0001ff'", "json '{\"a\": [1.50, null]}'");
    }
}
