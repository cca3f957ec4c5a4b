package io.vitallyrelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DistinctIdsTest {
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void countsEachIdOnceHoweverItGrows() {
        // Given
        DistinctIds ids = new DistinctIds();

        // When
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                ids.add("id " + i);
            }
        }

        // Then
        assertThat(ids.size()).isEqualTo(20_000);
    }
}
