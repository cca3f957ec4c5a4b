package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import jakarta.ws.rs.WebApplicationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadLetterResourceTest {
    @TempDir
    Path folder;

    private TemporarySpool spool;
    private DeadLetterResource resource;

    @BeforeEach
    void aRecordAndAMessageAreDead() throws Exception {
        spool = new TemporarySpool(folder);
        resource = new DeadLetterResource(spool.spool(), null, null, new Secrets("dG9rZW46"));
        RecordIntake intake = new RecordIntake(spool.spool().intake("users", "users.csv"));
        intake.dead(new DeadRecord(
                "line 1", DeadLetterCode.CONTRACT, "name: is absent", Content.record("{}".getBytes(UTF_8))));
        String json = "{\"type\":\"user\",\"messageId\":\"m1\",\"userId\":\"u1\",\"accountId\":\"a\"}";
        intake.message(new Message(MessageType.USER, "m1", "user:u1", json.getBytes(UTF_8)), "line 2");
        intake.recordDone(ResumePoint.NONE);
        intake.flush();
        Refusal refusal = new Refusal(DeadLetterCode.REFUSED, "refused", 400, null, 1, Instant.EPOCH);
        spool.lane().settle(List.of(Settled.dead(spool.take(1).get(0), refusal)));
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @ParameterizedTest(name = "code {0}, since {1}, until {2}, entity {3}, messageId {4}")
    @CsvSource({
        "        ,                     ,                     ,         ,    , line 1 line 2",
        "contract,                     ,                     ,         ,    , line 1",
        "refused ,                     ,                     ,         ,    , line 2",
        "expired ,                     ,                     ,         ,    , ''",
        "        , 2020-01-01T00:00:00Z,                     ,         ,    , line 1 line 2",
        "        ,                     , 2020-01-01T00:00:00Z,         ,    , ''",
        "        ,                     , 2999-01-01T00:00:00Z,         ,    , line 1 line 2",
        "        ,                     ,                     , user:u1 ,    , line 2",
        "        ,                     ,                     , user:u2 ,    , ''",
        "        ,                     ,                     ,         , m1 , line 2",
        "contract,                     ,                     ,         , m1 , ''"
    })
    void choosesByAllThatIsAskedFor(
            String code, String since, String until, String entity, String messageId, String expected) {
        // When
        DeadLetterResource.Page page =
                resource.letters("users", code, null, since, until, entity, messageId, "10", "0");

        // Then
        assertThat(String.join(
                        " ",
                        page.letters().stream()
                                .map(letter -> letter.origin().position())
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void namesTheCodesThatThereAre() {
        assertThatThrownBy(() -> resource.letters(null, "wrong", null, null, null, null, null, "10", "0"))
                .isInstanceOfSatisfying(WebApplicationException.class, refused -> {
                    assertThat(refused.getResponse().getStatus()).isEqualTo(400);
                    assertThat(refused.getResponse().getEntity())
                            .asString()
                            .contains(
                                    "code=wrong: must be one of contract, mapping, malformed, too-large, refused, expired,"
                                            + " unknown");
                });
    }
}
