package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Subject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLetterViewTest {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final String TOKEN = "c2VjcmV0LXRva2VuOg==";
    private static final Secrets SECRETS = new Secrets(TOKEN);
    private static final Refusal REFUSED = new Refusal(
            DeadLetterCode.REFUSED, "refused by the endpoint", 400, "{\"error\":\"\\u0000\"}", 3, Instant.EPOCH);
    private static final Refusal UNREADABLE = new Refusal(DeadLetterCode.MALFORMED, "no JSON");

    @Test
    void showsAMessageAsTheJsonThatWasSent() throws Exception {
        // Given
        DeadLetter letter = letter(REFUSED, "{\"type\":\"track\",\"x\":1.50}".getBytes(UTF_8), true);

        // When
        String shown = JSON.writeValueAsString(DeadLetterView.of(letter, SECRETS));

        // Then
        assertThat(shown)
                .contains("\"message\":{\"type\":\"track\",\"x\":1.50}")
                .doesNotContain("\"record\"");
    }

    @Test
    void showsWhereItCameFromAndWhatWasAnswered() throws Exception {
        // When
        JsonNode shown = shown(letter(REFUSED, "{}".getBytes(UTF_8), true));

        // Then
        assertThat(shown.get("id").textValue()).isEqualTo("12");
        assertThat(shown.get("integration").textValue()).isEqualTo("accounts");
        assertThat(shown.get("origin").get("unit").textValue()).isEqualTo("a.csv#1");
        assertThat(shown.get("origin").get("position").textValue()).isEqualTo("line 7");
        assertThat(shown.get("code").textValue()).isEqualTo("refused");
        assertThat(shown.get("reason").textValue()).isEqualTo("refused by the endpoint");
        assertThat(shown.get("status").intValue()).isEqualTo(400);
        assertThat(shown.get("answer").textValue()).isEqualTo("{\"error\":\"\\u0000\"}");
        assertThat(shown.get("attempts").intValue()).isEqualTo(3);
        assertThat(shown.has("firstSent")).isTrue();
    }

    @Test
    void showsWhatBecameNoRecordAsText() throws Exception {
        // When
        JsonNode shown = shown(letter(UNREADABLE, "{broken \"\n".getBytes(UTF_8), false));

        // Then
        assertThat(shown.get("raw").textValue()).isEqualTo("{broken \"\n");
        assertThat(shown.has("message")).isFalse();
        assertThat(shown.has("record")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"plan\":\"Pro\",\"x\":1.50}", "\"text\"", "[1, 2]", "null"})
    void showsARecordAsTheJsonThatItsMappingSaw(String json) throws Exception {
        // Given
        DeadLetter letter = letter(UNREADABLE, null, Content.record(json.getBytes(UTF_8)));

        // When
        String shown = JSON.writeValueAsString(DeadLetterView.of(letter, SECRETS));

        // Then
        assertThat(shown).contains("\"record\":" + json).doesNotContain("\"message\":", "\"raw\":");
    }

    @Test
    void marksOnlyWhatIsCut() throws Exception {
        // When
        JsonNode cut = shown(letter(UNREADABLE, null, Content.raw("abc".getBytes(UTF_8), true)));
        JsonNode whole = shown(letter(UNREADABLE, null, Content.raw("abc".getBytes(UTF_8), false)));

        // Then
        assertThat(cut.get("cut").booleanValue()).isTrue();
        assertThat(whole.has("cut")).isFalse();
    }

    @Test
    void saysWhatTheMessageIsAbout() throws Exception {
        // Given
        Subject subject = new Subject(MessageType.USER, "user:u1", "m-" + TOKEN);

        // When
        JsonNode shown = shown(letter(REFUSED, subject, Content.message("{}".getBytes(UTF_8))));

        // Then
        assertThat(shown.get("type").textValue()).isEqualTo("user");
        assertThat(shown.get("entity").textValue()).isEqualTo("user:u1");
        assertThat(shown.get("messageId").textValue()).isEqualTo("m-***");
    }

    @Test
    void leavesOutTheAnswerThatThereWasNot() throws Exception {
        // When
        JsonNode shown = shown(letter(UNREADABLE, "x".getBytes(UTF_8), false));

        // Then
        assertThat(shown.has("status")).isFalse();
        assertThat(shown.has("answer")).isFalse();
        assertThat(shown.has("firstSent")).isFalse();
        assertThat(shown.has("messageId")).isFalse();
        assertThat(shown.get("attempts").intValue()).isZero();
    }

    @Test
    void showsARecordThatIsNoUtf8() throws Exception {
        // When
        JsonNode shown = shown(letter(UNREADABLE, new byte[] {'a', (byte) 0xFF, 0, 'b'}, false));

        // Then
        assertThat(shown.get("raw").textValue()).isEqualTo("a\uFFFD\u0000b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"a\":1}}", "{} {}", "{\"a\":\u0001}", "NaN", "\u0000"})
    void showsAMessageThatIsNoJsonAsText(String content) throws Exception {
        // When
        JsonNode shown = shown(letter(REFUSED, content.getBytes(UTF_8), true));

        // Then
        assertThat(shown.get("raw").textValue()).isEqualTo(content);
        assertThat(shown.has("message")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void showsNoTokenOfARecordNorOfAMessage(boolean isMessage) throws Exception {
        // Given
        String content = "{\"VITALLY_TOKEN\":\"" + TOKEN + "\",\"in clear\":\"secret-token\"}";
        DeadLetter letter =
                letter(new Refusal(DeadLetterCode.CONTRACT, "no " + TOKEN), content.getBytes(UTF_8), isMessage);

        // When
        String shown = JSON.writeValueAsString(DeadLetterView.of(letter, SECRETS));

        // Then
        assertThat(shown).contains("VITALLY_TOKEN", "***").doesNotContain(TOKEN, "secret-token");
    }

    private static JsonNode shown(DeadLetter letter) throws Exception {
        return JSON.readTree(JSON.writeValueAsString(DeadLetterView.of(letter, SECRETS)));
    }

    private static DeadLetter letter(Refusal refusal, byte[] content, boolean isMessage) {
        return letter(refusal, null, isMessage ? Content.message(content) : Content.raw(content, false));
    }

    private static DeadLetter letter(Refusal refusal, Subject subject, Content content) {
        Origin origin = new Origin("accounts", "a.csv#1", "line 7");
        return new DeadLetter(12, origin, refusal, Instant.EPOCH, subject, content, List.of());
    }
}
