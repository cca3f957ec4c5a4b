package io.vitallyrelay.message;

import static io.vitallyrelay.message.Candidates.CONTRACT;
import static io.vitallyrelay.message.Candidates.ORIGIN;
import static io.vitallyrelay.message.Candidates.candidate;
import static io.vitallyrelay.message.Candidates.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ContractExceptionTest {
    private static final Path PAGE = Path.of("docs/reference/messages.md");
    private static final Pattern EXAMPLE = Pattern.compile("^\\| `([\\[{].*[\\]}])` \\| `(.*)` \\|$");

    /** The table "What is refused": a candidate and the refusal, each in back-ticks. */
    static Stream<Arguments> examplesOfThePage() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(EXAMPLE::matcher)
                .filter(Matcher::matches)
                .map(example -> Arguments.of(example.group(1), example.group(2)));
    }

    @ParameterizedTest
    @MethodSource("examplesOfThePage")
    void refusalsReadAsThePageSays(String candidate, String message) {
        // When
        ContractException refusal = refusalOf(candidate);

        // Then
        assertThat(refusal).hasMessage(message);
    }

    @Test
    void theThreePartsAreThereOneByOne() {
        // When
        ContractException refusal =
                refusalOf("{'type':'user','userId':'u','accountId':'a','timestamp':'next tuesday'}");

        // Then
        assertThat(List.of(refusal.field(), refusal.rule(), refusal.value()))
                .containsExactly("timestamp", "must be an ISO-8601 date or an epoch", "\"next tuesday\"");
    }

    @Test
    void nothingIsCalledAbsent() {
        // When
        ContractException refusal = refusalOf("{'type':'unlink','accountId':'a'}");

        // Then
        assertThat(refusal.value()).isEqualTo("absent");
    }

    @Test
    void aWrongDefaultTypeIsShown() {
        // Given
        Stamp stamp = new Stamp("customer", NullPolicy.OMIT, ORIGIN, 0);

        // When
        ContractException refusal =
                catchThrowableOfType(ContractException.class, () -> CONTRACT.admit(candidate("{}"), stamp));

        // Then
        assertThat(refusal.value()).isEqualTo("\"customer\"");
    }

    @Test
    void aLongValueIsCutTo100Characters() {
        // When
        ContractException refusal = refusalOf("{'type':'" + "x".repeat(1000) + "'}");

        // Then
        assertThat(refusal.value()).isEqualTo("\"" + "x".repeat(98) + "…");
    }

    @Test
    void noCharacterIsCutInHalf() {
        // When
        ContractException refusal = refusalOf("{'type':'" + "😀".repeat(100) + "'}");

        // Then
        assertThat(refusal.value()).isEqualTo("\"" + "😀".repeat(49) + "…");
    }

    @Test
    void aValueOfExactly100CharactersIsShownWhole() {
        // When
        ContractException refusal = refusalOf("{'type':'" + "x".repeat(98) + "'}");

        // Then
        assertThat(refusal.value()).isEqualTo("\"" + "x".repeat(98) + "\"");
    }

    @Test
    void aLongFieldNameIsCutToo() {
        // When
        ContractException refusal = refusalOf("{'type':'user','" + "x".repeat(1000) + "':1}");

        // Then
        assertThat(refusal.field()).hasSize(100);
    }

    @Test
    void charactersThatWouldSpoilALogAreSpelledOut() {
        // When
        ContractException refusal = refusalOf("{'type':'a\\n\\u0000\\ud83d'}");

        // Then
        assertThat(refusal.value()).isEqualTo("\"a\\u000A\\u0000\\uD83D\"");
    }

    @Test
    void noStackTraceIsTaken() {
        // When
        ContractException refusal = refusalOf("{}");

        // Then
        assertThat(refusal.getStackTrace()).isEmpty();
    }
}
