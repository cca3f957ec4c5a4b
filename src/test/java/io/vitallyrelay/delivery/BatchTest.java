package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.spool.Pending;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
    private static final String TEN_BYTES = "{\"n\":1234}";

    @TempDir
    Path folder;

    @Test
    void hasRoomWhileTheLargestMessageStillFits() throws Exception {
        // Given
        Batch batch = new Batch(new Batch.Limits(100, 2 + 10 + 1 + 10 + 1 + 30, 30));

        // When: [ten,ten,largest]
        taken(TEN_BYTES, TEN_BYTES).forEach(batch::add);

        // Then
        assertThat(batch.isFull()).isFalse();
    }

    @Test
    void isFullWhenTheRoomLeftIsOneByteTooSmallForTheLargestMessage() throws Exception {
        // Given
        Batch batch = new Batch(new Batch.Limits(100, 2 + 10 + 1 + 10 + 1 + 30 - 1, 30));

        // When
        taken(TEN_BYTES, TEN_BYTES).forEach(batch::add);

        // Then
        assertThat(batch.isFull()).isTrue();
    }

    @Test
    void isFullWhenItHasAllMessagesThatItMayHave() throws Exception {
        // Given
        Batch batch = new Batch(new Batch.Limits(2, 1000, 30));
        List<Pending> messages = taken(TEN_BYTES, TEN_BYTES);
        batch.add(messages.get(0));
        boolean withOne = batch.isFull();

        // When
        batch.add(messages.get(1));

        // Then
        assertThat(withOne).isFalse();
        assertThat(batch.isFull()).isTrue();
    }

    @Test
    void neverGrowsBeyondItsLimit() throws Exception {
        // Given
        Random random = new Random(7);
        int largest = 300;
        int limit = 1000;
        String[] messages = random.ints(500, 2, largest + 1)
                .mapToObj(size -> "\"" + "x".repeat(size - 2) + "\"")
                .toArray(String[]::new);
        Batch.Limits limits = new Batch.Limits(500, limit, largest);
        Batch batch = new Batch(limits);

        for (Pending message : taken(messages)) {
            // When
            batch.add(message);

            // Then
            assertThat(Batch.body(batch.messages())).hasSizeLessThanOrEqualTo(limit);
            if (batch.isFull()) {
                batch = new Batch(limits);
            }
        }
    }

    @Test
    void joinsTheStoredBytesAsTheyAre() throws Exception {
        // Given
        List<Pending> messages = taken("{\"a\" : \"ü\\u00fc𝄞\"}", "{}", "{\"n\":1.0e3}");

        // When
        byte[] body = Batch.body(messages);

        // Then
        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("[{\"a\" : \"ü\\u00fc𝄞\"},{},{\"n\":1.0e3}]");
    }

    @Test
    void isAValidArrayOfOneMessage() throws Exception {
        // Given
        List<Pending> messages = taken(TEN_BYTES);

        // When
        byte[] body = Batch.body(messages);

        // Then
        assertThat(new ObjectMapper().readTree(body)).hasSize(1);
    }

    private List<Pending> taken(String... messages) throws InterruptedException {
        try (TemporarySpool spool = new TemporarySpool(folder)) {
            spool.append(messages);
            return spool.take(messages.length);
        }
    }
}
