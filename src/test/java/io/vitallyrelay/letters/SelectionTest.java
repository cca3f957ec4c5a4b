package io.vitallyrelay.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Json;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Instant SINCE = Instant.parse("2026-01-31T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-02-28T00:00:00Z");

    @Test
    void meansTheSameWhenItIsReadFromAFile() throws Exception {
        // Given
        DeadLetterFilter filter = new DeadLetterFilter(
                "accounts",
                "a.csv#0f",
                DeadLetterCode.TOO_LARGE,
                413,
                "no",
                MessageType.USER,
                "user:u1",
                "m1",
                SINCE,
                UNTIL,
                "acme");

        // When
        byte[] stored = Json.recordText(Selection.of(filter)).getBytes(UTF_8);

        // Then
        assertThat(Json.record(stored, Selection.class).filter()).isEqualTo(filter);
    }
}
