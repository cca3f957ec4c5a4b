package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private static final String URL = "jdbc:postgresql://db.example/crm?user=me&password=";

    private static String of(Throwable thrown, String password) {
        return new Database("main", URL + password, "me", password, ZoneOffset.UTC, Duration.ofSeconds(90))
                .explain(thrown);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"accounts", "a", "id", "relation", "accounts_missing"})
    void leavesNamesAsTheyAreThatHoldThePassword(String password) {
        // When
        String shown = of(new SQLException("ERROR: relation \"accounts_missing\" does not exist, id a"), password);

        // Then
        assertThat(shown).isEqualTo("data source main: ERROR: relation \"accounts_missing\" does not exist, id a");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "no driver for jdbc:postgresql://db.example/crm?user=me&password=a | no driver for (the url of main)",
                "bad jdbc:h2:mem:a;PASSWORD=a;X=1, see | bad (a url) see",
                "properties {user=me, password=a, ssl=true} | properties {user=me, password=(hidden), ssl=true}",
                "sslPassword: \"a\" is wrong | sslPassword: (hidden) is wrong",
                "wrong password \"a\" of me | wrong password (hidden) of me",
                "password authentication failed for user \"me\" | password authentication failed for user \"me\""
            })
    void hidesWhatADriverRepeatsOfTheAccessDataHoweverShortThePasswordIs(String message, String shown) {
        // When
        String explained = of(new SQLException(message), "a");

        // Then
        assertThat(explained).isEqualTo("data source main: " + shown);
    }

    @Test
    void hidesAPasswordThatIsNoNameWhereverItStands() {
        // When
        String shown = of(new SQLException("login of me by s3cret-of-the-crm refused"), "s3cret-of-the-crm");

        // Then
        assertThat(shown).isEqualTo("data source main: login of me by (hidden) refused");
    }

    @Test
    void saysWhichSettingHasTheTimeOut() {
        // Given
        Throwable silent =
                new SQLException("An I/O error occurred", "08006", new SocketTimeoutException("Read timed out"));

        // When
        String shown = of(silent, "a");

        // Then
        assertThat(shown).endsWith("; it may take relay.datasource.main.timeout=1m30s");
    }

    @Test
    void namesAnErrorThatHasNoMessage() {
        // When
        String shown = of(new StackOverflowError(), "a");

        // Then
        assertThat(shown).isEqualTo("java.lang.StackOverflowError");
    }
}
