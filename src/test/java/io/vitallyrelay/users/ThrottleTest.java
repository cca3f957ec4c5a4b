package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final Duration NONE = Duration.ZERO;

    private final AtomicLong now = new AtomicLong();
    private final Throttle throttle = new Throttle(now::get);

    @Test
    void lastsLongerWithEachWrongPassword() {
        // Given
        tries(5, "anna", "10.0.0.1");

        // When
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Duration pause = throttle.begin("anna", "10.0.0.1");
            waits.add(pause.toSeconds());
            now.addAndGet(pause.toNanos());
            throttle.begin("anna", "10.0.0.1");
        }

        // Then
        assertThat(waits).containsExactly(2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L, 60L);
    }

    @Test
    void countsAUserWhateverTheAddress() {
        // Given
        for (int i = 0; i < 5; i++) {
            throttle.begin("anna", "10.0.0." + i);
        }

        // Then
        assertThat(throttle.begin("anna", "10.0.1.1")).isPositive();
        assertThat(throttle.begin("ben", "10.0.1.1")).isEqualTo(NONE);
    }

    @Test
    void countsAnAddressWhateverTheUser() {
        // Given
        for (int i = 0; i < 20; i++) {
            throttle.begin("user" + i, "10.0.0.1");
        }

        // Then
        assertThat(throttle.begin("anna", "10.0.0.1")).isPositive();
        assertThat(throttle.begin("anna", "10.0.0.2")).isEqualTo(NONE);
    }

    @Test
    void doesNotLockOutWhoLoggedInFromThereBefore() {
        // Given
        throttle.begin("anna", "10.0.0.1");
        throttle.succeeded("anna", "10.0.0.1");

        // When
        tries(50, "anna", "6.6.6.6");

        // Then
        assertThat(throttle.begin("anna", "10.0.0.1")).isEqualTo(NONE);
        assertThat(throttle.begin("anna", "10.0.0.2")).isPositive();
    }

    @Test
    void doesNotLetTriesThatWaitMakeTheWaitLonger() {
        // Given
        tries(5, "anna", "10.0.0.1");
        tries(1000, "anna", "10.0.0.1");

        // When
        Duration pause = throttle.begin("anna", "10.0.0.1");

        // Then
        assertThat(pause).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void forgetsInAQuarterOfAnHour() {
        // Given
        tries(9, "anna", "10.0.0.1");

        // When
        now.addAndGet(Duration.ofMinutes(16).toNanos());

        // Then
        assertThat(throttle.begin("anna", "10.0.0.1")).isEqualTo(NONE);
    }

    @Test
    void doesNotSlowDownWhoIsRight() {
        for (int i = 0; i < 1000; i++) {
            assertThat(throttle.begin("anna", "10.0.0.1")).isEqualTo(NONE);
            throttle.succeeded("anna", "10.0.0.1");
        }
    }

    @Test
    void doesNotLetOnePasswordOpenAWayToTryOthers() {
        // When: a viewer logs in with their own between the tries of another's
        int tried = 0;
        for (int i = 0; i < 100; i++) {
            tried += throttle.begin("user" + i, "10.0.0.1").isZero() ? 1 : 0;
            if (throttle.begin("viewer", "10.0.0.1").isZero()) {
                throttle.succeeded("viewer", "10.0.0.1");
            }
        }

        // Then
        assertThat(tried).isEqualTo(20);
    }

    @Test
    void remembersNoMoreThanItsMemoryIsMeantFor() {
        // Given
        tries(5, "anna", "10.0.0.1");

        // When
        for (int i = 0; i < 10_000; i++) {
            throttle.begin("user" + i, "10.1." + i / 256 + "." + i % 256);
        }

        // Then
        assertThat(throttle.begin("anna", "10.0.0.1")).isEqualTo(NONE);
    }

    private void tries(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            throttle.begin(name, address);
        }
    }
}
