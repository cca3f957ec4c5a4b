package io.vitallyrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.SpoolStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpoolWatchTest {
    private final List<String> warnings = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final SpoolWatch watch = new SpoolWatch(warnings::add, news::add);

    @Test
    void warnsOnceFromEightyPercentOn() {
        // When
        for (int letters : new int[] {79, 80, 81, 99}) {
            watch.look(status(0, letters));
        }

        // Then
        assertThat(warnings).singleElement().asString().contains("80 % and more of relay.dead-letters.max-bytes");
    }

    @Test
    void warnsOnceMoreAtTheLimitAndSaysThatSourcesWait() {
        // When
        for (int letters : new int[] {80, 100, 101}) {
            watch.look(status(0, letters));
        }

        // Then
        assertThat(warnings).hasSize(2).last().asString().contains("its source with it");
    }

    @Test
    void warnsAtTheLimitAlsoWhereItCameAtOnce() {
        // When
        watch.look(status(0, 100));

        // Then
        assertThat(warnings).singleElement().asString().contains("its source with it");
    }

    @Test
    void tellsThatThereIsRoomForLettersAgain() {
        // Given
        watch.look(status(0, 100));

        // When
        watch.look(status(0, 10));

        // Then
        assertThat(news).containsExactly("there is room for dead letters again");
    }

    @Test
    void doesNotWarnAgainWhileASourceWaitsAtTheLimitOfTheBacklog() {
        // When
        for (int bytes : new int[] {100, 99, 100, 91, 100}) {
            watch.look(status(bytes, 0));
        }

        // Then
        assertThat(warnings).singleElement().asString().contains("every source waits until some are delivered");
        assertThat(news).isEmpty();
    }

    @Test
    void warnsAgainAfterThereWasRoom() {
        // When
        for (int bytes : new int[] {100, 50, 100}) {
            watch.look(status(bytes, 0));
        }

        // Then
        assertThat(warnings).hasSize(2);
        assertThat(news).containsExactly("there is room in the spool again: sources go on");
    }

    @Test
    void tellsOnceThatTheDiskIsFullAndOnceThatThereIsRoomAgain() {
        // When
        for (String failure : new String[] {"12 bytes left", "11 bytes left", null, null}) {
            watch.look(new SpoolStatus(3, 0, 1000, 7, 0, 1000, failure));
        }

        // Then
        assertThat(warnings).containsExactly("12 bytes left");
        assertThat(news).containsExactly("the spool is written again, and sources go on");
    }

    private static SpoolStatus status(long bytes, long deadLetterBytes) {
        return new SpoolStatus(3, bytes * 10, 1000, 7, deadLetterBytes * 10, 1000, null);
    }
}
