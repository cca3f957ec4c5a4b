package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BasicLoginTest {
    @ParameterizedTest
    @ValueSource(strings = {"Basic ", "basic ", "BASIC  "})
    void isReadInUtf8(String scheme) {
        assertThat(BasicLogin.of(scheme + base64("anna:pa:ss wörd"))).contains(new BasicLogin("anna", "pa:ss wörd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic", "Basic ?", "Bearer YW5uYTpi", "Basic YW5uYQ=="})
    void isNoneWhereItCannotBeRead(String header) {
        assertThat(BasicLogin.of(header)).isEmpty();
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(new BasicLogin("anna", "secret")).hasToString("BasicLogin[anna]");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
