package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSqlTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "where (a, b) > (:a, :b) | where (a, b) >= (?, ?)",
                "where (a,b)>(:a,:b) | where (a,b)>=(?,?)",
                "where a > :a | where a >= ?",
                "where row(a, b) > row (:a, :b) | where row(a, b) >= row (?, ?)",
                "where a >= :a and (a > :a or b > :b) | where a >= ? and (a >= ? or b >= ?)",
                "where a > cast(:a as plan) | where a >= cast(? as plan)",
                "where a > date_trunc( lower(:a)) | where a >= date_trunc( lower(?))",
                "where :a < a and (:a, :b) < (a, b) | where ? <= a and (?, ?) <= (a, b)",
                "where :a::date < a | where ?::date <= a",
                "where a > 5 and b = :b and c > 0 and d in (:d) | where a > 5 and b = ? and c > 0 and d in (?)",
                "where a ->> :a <> :b and c @> :c | where a ->> ? <> ? and c @> ?",
                "where a ?? 'x > ?' and b > '>' -- > :c | where a ?? 'x > ?' and b > '>' -- > :c",
                "where a <= :a and :b <> c | where a <= ? and ? <> c"
            })
    void includesRowsThatAreEqualToItsParameters(String statement, String inclusive) {
        // When
        NamedSql sql = NamedSql.parse(statement).inclusive();

        // Then
        assertThat(sql.text()).isEqualTo(inclusive);
    }
}
