package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private long ticks;
    private final Tap tap = tap(false);

    @Test
    void saysWhomAMessageWasAboutAndWhatBecameOfIt() {
        // When
        tap.settled(0, messages(1), false, 422);

        // Then
        assertThat(tap.newest(10)).singleElement().satisfies(seen -> {
            assertThat(seen.entity()).isEqualTo("user:u0");
            assertThat(seen.messageId()).isEqualTo("id-0");
            assertThat(seen.integration()).isEqualTo("users");
            assertThat(seen.delivered()).isFalse();
            assertThat(seen.status()).isEqualTo(422);
        });
    }

    @Test
    void keepsNoBodyWhereThatIsNotAllowed() {
        // When
        tap.settled(0, messages(1), true, 200);

        // Then
        assertThat(tap.newest(10))
                .singleElement()
                .satisfies(seen -> assertThat(seen.body()).isNull());
    }

    @Test
    void keepsBodiesWhereThatIsAllowed() {
        // Given
        Tap whole = tap(true);

        // When
        whole.settled(0, messages(1), true, 200);

        // Then
        assertThat(whole.newest(10))
                .singleElement()
                .satisfies(seen -> assertThat(new String(seen.body(), StandardCharsets.UTF_8))
                        .isEqualTo(json(0)));
    }

    @Test
    void looksAtAHundredMessagesOfALaneInASecond() {
        // When
        for (int batch = 0; batch < 1000; batch++) {
            tap.settled(0, new CountedList(messages(100)), true, 200);
        }

        // Then
        assertThat(looked).isEqualTo(100);
    }

    @Test
    void looksAgainInTheNextSecond() {
        // Given
        tap.settled(0, messages(100), true, 200);
        ticks += 1_000_000_000L;

        // When
        tap.settled(0, messages(1), false, 400);

        // Then
        assertThat(tap.newest(1))
                .singleElement()
                .satisfies(seen -> assertThat(seen.delivered()).isFalse());
    }

    private int looked;

    /** Counts the messages that are taken out of it. */
    private final class CountedList extends ArrayList<Pending> {
        private static final long serialVersionUID = 1;

        CountedList(List<Pending> messages) {
            super(messages);
        }

        @Override
        public List<Pending> subList(int from, int to) {
            looked += to - from;
            return super.subList(from, to);
        }
    }

    private Tap tap(boolean bodies) {
        return new Tap(2, bodies, () -> NOW, () -> ticks);
    }

    private static List<Pending> messages(int count) {
        List<Pending> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(new Pending(i, "users", MessageType.USER, i, json(i).getBytes(StandardCharsets.UTF_8)));
        }
        return messages;
    }

    private static String json(int i) {
        return "{\"type\":\"user\",\"userId\":\"u" + i + "\",\"accountId\":\"a\",\"messageId\":\"id-" + i + "\"}";
    }
}
