package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages in stores carry their hash: with another one, those of an entity would be in two lanes. */
class LaneHashTest {
    @ParameterizedTest
    @CsvSource({
        "'', 0, 0",
        "user:1, -829294951, 1",
        "account:Zürich, -856562805, 3",
        "organization:0123456789abcdef, 1896315221, 5"
    })
    void neverChanges(String entity, int hash, int lane) {
        assertThat(LaneHash.of(entity)).isEqualTo(hash);
        assertThat(LaneHash.lane(LaneHash.of(entity), 8)).isEqualTo(lane);
    }
}
