package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestGuardTest {
    private final RequestGuard guard = new RequestGuard("bound.example", List.of("relay.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8080",
                "127.0.0.1",
                "127.1.2.3:80",
                "localhost:8080",
                "LOCALHOST",
                "localhost.:8080",
                "relay.localhost",
                "[::1]:8080",
                "bound.example:8080",
                "relay.example",
                "Relay.Example:443",
                "10.1.2.3:8080"
            })
    void takesAPostUnderANameOfItsOwn(String host) throws Exception {
        // When
        String refusal = refusal("POST", List.of(host), List.of());

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "notrelay.example",
                "relay.example.evil",
                "10.1.2.4:8080",
                "user@localhost",
                "localhost/",
                "localhost:port",
                "",
                " localhost",
                "[::2]",
                "bench"
            })
    void refusesAPostUnderAnotherName(String host) throws Exception {
        // When
        String refusal = refusal("POST", List.of(host), List.of());

        // Then
        assertThat(refusal).contains("Host is " + host + ".", "relay.http.hosts");
    }

    @Test
    void refusesAPostWithoutHost() throws Exception {
        // When
        String refusal = refusal("POST", List.of(), List.of());

        // Then
        assertThat(refusal).contains("Host is missing");
    }

    @Test
    void refusesAPostWithTwoHosts() throws Exception {
        // When
        String refusal = refusal("POST", List.of("localhost", "localhost"), List.of());

        // Then
        assertThat(refusal).contains("Host is localhost, localhost");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "localhost:8080, http://127.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080",
        "localhost, http://localhost",
        "10.1.2.3:8080, http://10.1.2.3:8080",
        "localhost:8080, https://relay.example",
        "relay.example, https://relay.example",
    })
    void takesAPostOfItsOwnPage(String host, String origin) throws Exception {
        // When
        String refusal = refusal("POST", List.of(host), List.of(origin));

        // Then
        assertThat(refusal).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://evil.example",
        "localhost:8080, http://evil.example:8080",
        "localhost:8080, http://localhost:3000",
        "localhost:8080, http://localhost",
        "localhost:8080, https://localhost",
        "localhost:8080, null",
        "localhost:8080, file://",
        "localhost:8080, ''",
        "localhost:8080, http://localhost:8080/path",
        "localhost:8080, http://user@localhost:8080",
        "localhost:8080, http://localhost:8080.evil.example",
    })
    void refusesAPostOfAnotherPage(String host, String origin) throws Exception {
        // When
        String refusal = refusal("POST", List.of(host), List.of(origin));

        // Then
        assertThat(refusal).contains("Origin is " + origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH"})
    void guardsWhateverElseMayChangeSomething(String method) throws Exception {
        // When
        String refusal = refusal(method, List.of("evil.example"), List.of());

        // Then
        assertThat(refusal).startsWith(method + " is taken from this service's own pages");
    }

    /** A page under a name that it lets point to this machine could read customers' records else. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS"})
    void guardsReadingToo(String method) throws Exception {
        // When
        String refusal = refusal(method, List.of("evil.example"), List.of());

        // Then
        assertThat(refusal).startsWith(method + " is taken from this service's own pages");
    }

    @Test
    void knowsThePortThatHttpsMeans() throws Exception {
        // When
        String refusal = guard.refusal(
                "POST", "443", List.of("localhost"), List.of("https://localhost"), InetAddress.getLoopbackAddress());

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void showsNoMoreOfAHostThanFits() throws Exception {
        // When
        String refusal = refusal("POST", List.of("h".repeat(60_000)), List.of());

        // Then
        assertThat(refusal).hasSizeLessThan(500);
    }

    private String refusal(String method, List<String> hosts, List<String> origins) throws UnknownHostException {
        return guard.refusal(method, "80", hosts, origins, InetAddress.getByName("10.1.2.3"));
    }
}
