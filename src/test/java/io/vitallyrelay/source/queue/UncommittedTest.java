package io.vitallyrelay.source.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UncommittedTest {
    private final Uncommitted uncommitted = new Uncommitted();

    @Test
    void knowsAMessageThatWasDurableAndNotCommitted() {
        // Given
        uncommitted.taken("a");

        // When
        uncommitted.rolledBack(true);

        // Then
        assertThat(uncommitted.comesAgain("a")).isTrue();
    }

    @Test
    void forgetsTheOldestOfVeryMany() {
        // Given
        for (int i = 0; i <= 100_000; i++) {
            uncommitted.taken("message " + i);
        }

        // When
        uncommitted.rolledBack(true);

        // Then
        assertThat(uncommitted.comesAgain("message 0")).isFalse();
        assertThat(uncommitted.comesAgain("message 1")).isTrue();
    }

    @Test
    void knowsNoMessageThatWasNotDurable() {
        // Given
        uncommitted.taken("a");

        // When
        uncommitted.rolledBack(false);

        // Then
        assertThat(uncommitted.comesAgain("a")).isFalse();
    }

    @Test
    void forgetsWhatIsCommitted() {
        // Given
        uncommitted.taken("a");
        uncommitted.rolledBack(true);
        uncommitted.comesAgain("a");

        // When
        uncommitted.committed();

        // Then
        assertThat(uncommitted.comesAgain("a")).isFalse();
    }

    @Test
    void knowsAMessageForAsLongAsItIsRolledBack() {
        // Given
        uncommitted.taken("a");
        uncommitted.rolledBack(true);
        uncommitted.comesAgain("a");

        // When
        uncommitted.rolledBack(false);

        // Then
        assertThat(uncommitted.comesAgain("a")).isTrue();
    }

    @Test
    void doubtsWhatWasCommittedLastWhenTheConsumerEnds() {
        // Given
        uncommitted.taken("a");
        uncommitted.committed();

        // When
        uncommitted.consumerEnded(true);

        // Then
        assertThat(uncommitted.comesAgain("a")).isTrue();
    }

    @Test
    void doubtsNothingOfAConsumerThatLived() {
        // Given
        uncommitted.taken("a");
        uncommitted.committed();
        uncommitted.certain();

        // When
        uncommitted.consumerEnded(true);

        // Then
        assertThat(uncommitted.comesAgain("a")).isFalse();
    }

    @Test
    void countsMessagesThatAreTheSame() {
        // Given
        uncommitted.taken("a");
        uncommitted.taken("a");

        // When
        uncommitted.rolledBack(true);

        // Then
        List<Boolean> again =
                Stream.of("a", "a", "a").map(uncommitted::comesAgain).toList();
        assertThat(again).containsExactly(true, true, false);
    }
}
