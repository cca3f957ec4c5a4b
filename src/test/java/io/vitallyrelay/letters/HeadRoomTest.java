package io.vitallyrelay.letters;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.IntegrationCounts;
import io.vitallyrelay.spool.Ledger;
import io.vitallyrelay.spool.UnitFilter;
import io.vitallyrelay.spool.UnitPage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HeadRoomTest {
    private final Deque<Counts> moments = new ArrayDeque<>();
    private long nanos;
    private final HeadRoom room = new HeadRoom(new Moments(), 20, 100, () -> nanos);

    @Test
    void waitsUntilTheReplayedAreTheirShareOfWhatWasSent() throws Exception {
        // Given: 100 are replayed, of which 20 % is 500
        moments.add(sent(1_000));
        moments.add(sent(1_100));
        moments.add(sent(1_499));
        moments.add(sent(1_500));
        moments.add(sent(9_999));

        // When
        room.begin();
        room.await(100, () -> false);

        // Then
        assertThat(moments).containsExactly(sent(9_999));
    }

    @Test
    void waitsUntilItWorkedItsShareOfTheTime() throws Exception {
        // Given: it works for 10 ns, and enough was sent at once
        moments.add(sent(0));
        moments.add(sent(1_000));
        moments.add(sent(1_000));
        room.begin();
        nanos = 10;

        // When
        AtomicInteger looks = new AtomicInteger();
        room.await(1, () -> {
            nanos = looks.incrementAndGet() == 1 ? 49 : 50;
            return false;
        });

        // Then
        assertThat(looks).hasValue(2);
    }

    @Test
    void waitsForNobodyWhereHardlyAnythingIsLeftToSend() throws Exception {
        // Given
        moments.add(sent(0));
        moments.add(new Counts(100, 0, 0, 0));
        moments.add(sent(1));

        // When
        room.begin();
        room.await(1_000, () -> false);

        // Then
        assertThat(moments).containsExactly(sent(1));
    }

    @Test
    void waitsNoLongerWhereItIsOver() throws Exception {
        // Given: nothing is sent
        moments.add(sent(0));
        moments.add(sent(0));

        // When
        room.begin();
        room.await(1_000, moments::isEmpty);

        // Then
        assertThat(moments).isEmpty();
    }

    /** While a million are pending. */
    private static Counts sent(long delivered) {
        return new Counts(1_000_000 + delivered, delivered, 0, 0);
    }

    private final class Moments implements Ledger {
        @Override
        public Counts totals() {
            return moments.poll();
        }

        @Override
        public Counts totals(String integration) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<IntegrationCounts> integrations() {
            throw new UnsupportedOperationException();
        }

        @Override
        public UnitPage units(UnitFilter filter, String after, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
