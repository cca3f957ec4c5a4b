package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTimingTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    private final RetryTiming timing = new RetryTiming(Duration.ofMinutes(5), () -> NOW);

    @ParameterizedTest(name = "{0}: {1} asks for {2} ms")
    @CsvSource({
        "Retry-After, 30, 30000",
        "Retry-After, ' 1 ', 1000",
        "Retry-After, 1.5, 1500",
        "Retry-After, 301, 300000",
        "Retry-After, 99999999999999999999999, 300000",
        "Retry-After, 'Sat, 31 Jan 2026 00:01:00 GMT', 60000",
        "Retry-After, 'Sun, 31 Jan 2027 00:01:00 GMT', 300000",
        "RateLimit-Reset, 42, 42000",
        "X-RateLimit-Reset, 42, 42000",
        "X-RateLimit-Reset, 1769817642, 42000",
        "X-RateLimit-Reset, 1769817642000, 42000",
        "X-RateLimit-Reset, 1769817600500, 500"
    })
    void readsWhatTheEndpointAsksFor(String name, String value, long millis) {
        assertThat(pause(Map.of(name, value))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest(name = "{0}: {1} asks for nothing")
    @CsvSource({
        "Retry-After, 0",
        "Retry-After, ''",
        "Retry-After, -1",
        "Retry-After, soon",
        "Retry-After, 1m",
        "Retry-After, 'Fri, 30 Jan 2026 23:59:59 GMT'",
        "X-RateLimit-Reset, 1769817599",
        "X-Other, 30"
    })
    void ignoresWhatIsOverOrUnreadable(String name, String value) {
        assertThat(pause(Map.of(name, value))).isNull();
    }

    @Test
    void prefersRetryAfter() {
        assertThat(pause(Map.of("X-RateLimit-Reset", "3", "RateLimit-Reset", "2", "Retry-After", "1")))
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void takesTheNextHeaderWhereOneIsUnreadable() {
        assertThat(pause(Map.of("RateLimit-Reset", "2", "Retry-After", "soon"))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void comparesADateWithTheEndpointsOwnClock() {
        // Given a clock there that is an hour behind ours
        Map<String, String> headers =
                Map.of("Date", "Fri, 30 Jan 2026 23:00:00 GMT", "Retry-After", "Fri, 30 Jan 2026 23:00:07 GMT");

        // When
        Duration pause = pause(headers);

        // Then
        assertThat(pause).isEqualTo(Duration.ofSeconds(7));
    }

    private Duration pause(Map<String, String> headers) {
        return timing.pause(headers::get);
    }
}
