package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerReaderTest {
    private static final String SECRET = "sk_live_abcdef";
    private static final String TOKEN =
            Base64.getEncoder().encodeToString((SECRET + ":").getBytes(StandardCharsets.UTF_8));

    private final AnswerReader reader =
            new AnswerReader(new RetryTiming(Duration.ofMinutes(5), () -> Instant.EPOCH), new Secrets(TOKEN));

    @ParameterizedTest(name = "{0} is doubtful: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"message\":\"Success.\"} | false",
                "[] | false",
                "\"ok\" | false",
                "'' | true",
                "OK | true",
                "<html></html> | true",
                "{\"message\":\"Succ | true",
                "{} {} | true"
            })
    void doubtsWhatIsNotJson(String body, boolean doubtful) {
        assertThat(read(body).doubtful()).isEqualTo(doubtful);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"error\":\"workspace is suspended\"} | ERRORS",
                "{\"message\":\"Partial\",\"failed\":[{\"index\":3}]} | ERRORS",
                "{\"errors\":{\"a\":[]},\"x\":1} | ERRORS",
                "{\"error\":null,\"error\":\"full\"} | ERRORS",
                "{\"failed\":2} | ERRORS",
                "{\"Errors\":true} | ERRORS",
                "{\"error\":null,\"errors\":[],\"failed\":0,\"failures\":{}} | JSON",
                "{\"error\":false,\"message\":\"Success.\"} | JSON",
                "{\"data\":{\"error\":\"none\"},\"list\":[{\"errors\":[1]}]} | JSON",
                "[{\"error\":1}] | JSON",
                "{\"errors\":[{\"a | DOUBTFUL",
                "<html>Please log in</html> | PAGE",
                "<!DOCTYPE html><p> | PAGE",
                "'  <HTML lang=en>' | PAGE",
                "<ok/> | DOUBTFUL"
            })
    void tellsWhatABodyIs(String body, AnswerBody expected) {
        assertThat(read(body).body()).isEqualTo(expected);
    }

    @Test
    void takesAMultiStatusForOneThatSpeaksOfErrors() {
        assertThat(reader.read(207, name -> null, stream("{\"results\":[{\"status\":400}]}"))
                        .body())
                .isEqualTo(AnswerBody.ERRORS);
    }

    @Test
    void takesJsonForJsonAlthoughItIsCalledHtml() {
        assertThat(reader.read(200, name -> "text/html", stream("{}")).body()).isEqualTo(AnswerBody.JSON);
    }

    @Test
    void doubtsAnAnswerWithoutBody() {
        assertThat(reader.read(200, name -> null, null).doubtful()).isTrue();
    }

    @Test
    void keepsWhatCameBeforeTheBodyBrokeOff() {
        // Given
        InputStream breaksOff = new SequenceInputStream(stream("{}"), new BreaksOff());

        // When
        Answer answer = reader.read(200, name -> null, breaksOff);

        // Then
        assertThat(answer).isEqualTo(new Answer(200, "{}", true, null));
    }

    @Test
    void takesTheTokenOutOfTheAnswer() {
        assertThat(read("bad token " + TOKEN + ", which is " + SECRET + ":").text())
                .isEqualTo("bad token ***, which is ***");
    }

    @Test
    void takesOutATokenThatIsCutByTheLengthThatIsKept() {
        // Given
        String before = "x".repeat(Answer.KEPT - 5);

        // When
        Answer answer = read(before + TOKEN);

        // Then
        assertThat(answer.text()).isEqualTo(before + "***");
    }

    @Test
    void doesNotReadEndlessAnswers() {
        // Given
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }
        };

        // When
        Answer answer = reader.read(500, name -> null, endless);

        // Then
        assertThat(answer.text()).hasSize(Answer.KEPT);
    }

    private Answer read(String body) {
        return reader.read(200, name -> null, stream(body));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class BreaksOff extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }
    }
}
