package io.vitallyrelay.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
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
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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

    @ParameterizedTest
    @CsvSource({
        "                               ,                    , line 1 line 2",
        "code=contract                  ,                    , line 1",
        "code=refused                   ,                    , line 2",
        "code=expired                   ,                    , ''",
        "since=2020-01-01T00:00:00Z     ,                    , line 1 line 2",
        "until=2020-01-01T00:00:00Z     ,                    , ''",
        "until=2999-01-01T00:00:00Z     ,                    , line 1 line 2",
        "entity=user:u1                 ,                    , line 2",
        "entity=user:u2                 ,                    , ''",
        "messageId=m1                   ,                    , line 2",
        "messageId=m1                   , code=contract      , ''",
        "unit=users.csv                 , status=400         , line 2",
        "unit=others.csv                ,                    , ''",
        "type=user                      ,                    , line 2",
        "text=NAME: IS                  ,                    , line 1"
    })
    void choosesByAllThatIsAskedFor(String one, String other, String expected) {
        // Given
        Map<String, String> query = Stream.of(one, other, "integration=users")
                .filter(Objects::nonNull)
                .map(said -> said.split("=", 2))
                .collect(toMap(said -> said[0], said -> said[1]));

        // When
        DeadLetterResource.Page page = resource.letters(LetterQuery.of(query::get), "10", "0");

        // Then
        assertThat(String.join(
                        " ",
                        page.letters().stream()
                                .map(letter -> letter.origin().position())
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void aPageSaysWhereTheNextOneBegins() {
        // When
        DeadLetterResource.Page first = resource.letters(new LetterQuery(), "1", "0");
        DeadLetterResource.Page second = resource.letters(new LetterQuery(), "1", first.next());

        // Then
        assertThat(first.total()).isEqualTo(2);
        assertThat(second.letters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("line 2");
        assertThat(second.next()).isNull();
    }

    @Test
    void namesTheCodesThatThereAre() {
        assertThatThrownBy(() -> resource.letters(LetterQuery.of(Map.of("code", "wrong")::get), "10", "0"))
                .isInstanceOfSatisfying(WebApplicationException.class, refused -> {
                    assertThat(refused.getResponse().getStatus()).isEqualTo(400);
                    assertThat(refused.getResponse().getEntity())
                            .asString()
                            .contains(
                                    "code=wrong: must be one of contract, mapping, malformed, too-large, refused, expired, lost,"
                                            + " unknown");
                });
    }
}
