package io.vitallyrelay.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA==";
    private static final String HASH = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @Test
    void knowsThePasswordAgainFromItsText() {
        // When
        PasswordHash read = PasswordHash.parse(hash("correct horse, ü").text());

        // Then
        assertThat(read.matches("correct horse, ü".toCharArray())).isTrue();
        assertThat(read.matches("correct horse, u".toCharArray())).isFalse();
    }

    /** The hash was made by another implementation, hashlib of Python. */
    @Test
    void isTheAlgorithmThatItSays() {
        // When
        PasswordHash read = PasswordHash.parse(
                "pbkdf2-sha256:600000:MDEyMzQ1Njc4OWFiY2RlZg==:kYKAg/dg7WC7VQ4k8+iaopu8snxCGdA0xMTwPC5tudk=");

        // Then
        assertThat(read.matches("correct horse".toCharArray())).isTrue();
    }

    @Test
    void hasASaltOfItsOwn() {
        assertThat(hash("same").text()).isNotEqualTo(hash("same").text());
    }

    @Test
    void isNotPrinted() {
        assertThat(hash("secret")).hasToString("PasswordHash");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "pbkdf2-sha256:599999:" + SALT + ":" + HASH,
                "pbkdf2-sha256:99999999:" + SALT + ":" + HASH,
                "pbkdf2-sha256:600000:AAAA:" + HASH,
                "pbkdf2-sha256:600000:" + SALT + ":AAAA",
                "pbkdf2-sha256:600000:" + SALT + ":A",
            })
    void refusesWhatIsWeakOrNone(String text) {
        assertThatThrownBy(() -> PasswordHash.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("secret");
    }

    private static PasswordHash hash(String password) {
        return PasswordHash.of(password.toCharArray());
    }
}
