package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vitallyrelay.letters.Job;
import io.vitallyrelay.letters.Selection;
import io.vitallyrelay.spool.DeadLetterFilter;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobRequestTest {
    @Test
    void readsWhichLettersAreMeantAndWhatIsToBecomeOfThem() {
        JobRequest all = JobRequest.replay(utf8("{\"filter\":{},\"dryRun\":true}"));
        assertThat(all.selection()).isEqualTo(Selection.of(DeadLetterFilter.ALL));
        assertThat(all.deed()).isEqualTo(Job.Deed.TRY);

        JobRequest one = JobRequest.replay(utf8("{\"ids\":[\"7\"],\"record\":{\"n\":1},\"by\":\"anna\"}"));
        assertThat(one.selection()).isEqualTo(Selection.ofIds(List.of(7L)));
        assertThat(one.deed()).isEqualTo(Job.Deed.REPLAY);
        assertThat(one.mended().isMessage()).isFalse();
        assertThat(one.mended().json()).hasToString("{\"n\":1}");
        assertThat(one.by()).isEqualTo("anna");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | either ids or filter must be given",
                "{\"ids\":[1],\"filter\":{}} | either ids or filter must be given",
                "{\"ids\":[]} | ids: must be a list of 1 to 10000 ids",
                "{\"ids\":[\"x\"]} | ids=x: must be a whole number from 0 to 9223372036854775807",
                "{\"filter\":{\"integration\":\" \"}} | filter.integration: must not be blank or null",
                "{\"filter\":{\"reason\":null}} | filter.reason: must not be blank or null",
                "{\"filter\":{\"code\":7}} | code: must be a text of at most 1000 characters",
                "{\"filter\":{\"since\":\"now\"}} | since=now: must be a moment such as 2026-01-31T00:00:00Z",
                "{\"filter\":{\"integratoin\":\"x\"}} | filter.integratoin: must be one of code, entity, integration, messageId, reason, since, status, text, type, unit, until",
                "{\"filter\":{},\"dryrun\":true} | dryrun: must be one of by, dryRun, filter, ids, message, record",
                "{\"filter\":{},\"dryRun\":\"yes\"} | dryRun=\"yes\": must be true or false",
                "{\"filter\":{},\"message\":{}} | ids: must be one id, as the content of a letter is given",
                "{\"ids\":[1],\"message\":{},\"record\":{}} | message and record: only one of them can be given",
                "[] | the body must be a JSON object",
                "{\"ids\":[1],\"ids\":[2]} | the body is no JSON: Duplicate field 'ids' for `ObjectNode`: not allowed when `DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY` enabled",
            })
    void refusesWhatMakesNoSense(String body, String why) {
        assertThat(said(() -> {
                    JobRequest request = JobRequest.replay(utf8(body));
                    request.selection();
                    request.mended();
                    request.deed();
                }))
                .isEqualTo(why);
    }

    @Test
    void wantsToKnowWhatLettersAreDiscardedFor() {
        assertThat(said(() -> JobRequest.discard(utf8("{\"filter\":{},\"why\":\" \"}"))))
                .isEqualTo("why is absent: must say what they are discarded for");
    }

    private static String said(ThrowingCallable request) {
        WebApplicationException refused = catchThrowableOfType(WebApplicationException.class, request);
        assertThat(refused.getResponse().getStatus()).isEqualTo(400);
        return ((Map<?, ?>) refused.getResponse().getEntity()).get("error").toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
