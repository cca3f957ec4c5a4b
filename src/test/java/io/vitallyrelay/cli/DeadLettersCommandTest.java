package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.cli.ServiceStub.Run;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class DeadLettersCommandTest {
    private static final String LETTERS = "GET /api/dead-letters";
    private static final String GROUPS = "GET /api/dead-letters/groups";
    private static final String EXPORT = "GET /api/dead-letters/export";
    private static final String REPLAY = "POST /api/dead-letters/replay";
    private static final String DISCARD = "POST /api/dead-letters/discard";
    private static final String JOB = "GET /api/jobs/3";
    private static final String BEGUN =
            "{\"id\":\"3\",\"deed\":\"replay\",\"state\":\"waiting\",\"by\":\"anna\",\"selected\":2}";

    @TempDir
    private Path folder;

    private ServiceStub service;

    @BeforeEach
    void listen() throws Exception {
        service = new ServiceStub();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead-letters", "dead-letters list"})
    void listsThoseOfTheFilter(String command) {
        // Given
        service.answers(LETTERS, 200, """
                {"total":7,"letters":[{"id":"5","integration":"users","origin":{"unit":"a.csv#0f","position":"line 4"},
                 "code":"contract","reason":"userId: is absent","attempts":0,"at":"2026-01-31T00:00:00Z","record":{}}]}""");

        // When
        Run run = service.run((command + " --integration=users --limit=1").split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                id  at                    integration  origin         code      status  reason
                5   2026-01-31T00:00:00Z  users        a.csv, line 4  contract  -       userId: is absent

                1 of 7 dead letters
                """, ""));
        assertThat(service.asked()).containsExactly(LETTERS + "?limit=1&integration=users&after=0");
    }

    @Test
    void looksOnWhereThePageOfTheServiceEndsEarly() {
        // Given
        service.answers(LETTERS, 200, "{\"letters\":[],\"next\":\"10000\"}");
        service.answers(LETTERS, 200, """
                {"letters":[{"id":"10005","integration":"users","origin":{"unit":"a.csv#0f","position":"line 4"},
                 "code":"contract","reason":"no","attempts":0,"at":"2026-01-31T00:00:00Z"}],"next":"10005"}""");

        // When
        Run run = service.run("dead-letters", "--text=acme", "--limit=1");

        // Then
        assertThat(run.out()).contains("10005  2026-01-31", "1 dead letters; for more: --after 10005\n");
        assertThat(service.asked())
                .containsExactly(LETTERS + "?limit=1&text=acme&after=0", LETTERS + "?limit=1&text=acme&after=10000");
    }

    @ParameterizedTest
    @CsvSource({
        "dead-letters, GET /api/dead-letters",
        "dead-letters list, GET /api/dead-letters",
        "dead-letters groups, GET /api/dead-letters/groups",
        "dead-letters show 5, GET /api/dead-letters/5",
        "jobs, GET /api/jobs",
        "jobs 3, GET /api/jobs/3"
    })
    void printsTheAnswerAsJsonWithNoCommandForTheTerminal(String command, String request) {
        // Given
        service.answers(request, 200, "{\"a\": 1.50,\n\"b\":\"\\n\u009b2J\"}");

        // When
        Run run = service.run((command + " --json").split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(0, "{\"a\":1.50,\"b\":\"\\n\\u009b2J\"}\n", ""));
    }

    @Test
    void groupsShowsHowManyThereAreOfAKind() {
        // Given
        service.answers(GROUPS, 200, """
                {"total":9814,"groups":[
                 {"integration":"accounts","code":"contract","status":0,"reason":"mrr: must be a\\u001b number","letters":9812},
                 {"integration":"users","code":"refused","status":400,"letters":2}]}""");

        // When
        Run run = service.run("dead-letters", "groups", "--code=contract", "--reason=a b");

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                letters  integration  code      status  reason
                   9812  accounts     contract  -       mrr: must be a  number
                      2  users        refused   400     (too many different ones)

                9814 dead letters
                """, ""));
        assertThat(service.asked()).containsExactly(GROUPS + "?code=contract&reason=a+b");
    }

    @Test
    void groupsSaysThatThereIsNone() {
        // Given
        service.answers(GROUPS, 200, "{\"total\":0,\"groups\":[]}");

        // Then
        assertThat(service.run("dead-letters", "groups")).isEqualTo(new Run(0, "0 dead letters\n", ""));
        assertThat(service.asked()).containsExactly(GROUPS);
    }

    @Test
    void showTellsAllOfALetter() {
        // Given
        service.answers("GET /api/dead-letters/6", 200, """
                {"id":"6","integration":"users","origin":{"unit":"a.csv#0f","position":"line 4"},"code":"refused",
                 "reason":"refused by the endpoint","type":"user","entity":"user:u1","messageId":"m1","status":400,
                 "answer":"{\\"error\\":\\n\\u001b[2J\\"no\\"}","attempts":1,"firstSent":"2026-01-31T00:00:00Z","at":"2026-01-31T00:00:01Z",
                 "message":{"type":"user","traits":{"mrr":49.50,"text":"\u009b2J é"}}}""");

        // When
        Run run = service.run("dead-letters", "show", "6");

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                id           6
                integration  users
                unit         a.csv#0f
                position     line 4
                code         refused
                reason       refused by the endpoint
                type         user
                entity       user:u1
                messageId    m1
                status       400
                answer       {"error":  [2J"no"}
                attempts     1
                firstSent    2026-01-31T00:00:00Z
                at           2026-01-31T00:00:01Z

                The message, as it was sent:
                  {
                    "type" : "user",
                    "traits" : {
                      "mrr" : 49.50,
                      "text" : " 2J é"
                    }
                  }
                """, ""));
    }

    @Test
    void showTellsWhatIsNoRecordAndThatAPartIsMissing() {
        // Given
        service.answers("GET /api/dead-letters/8", 200, """
                {"id":"8","integration":"users","origin":{"unit":"a.csv","position":"line 5"},"code":"malformed","reason":"no",
                 "attempts":0,"at":"2026-01-31T00:00:01Z","cut":true,"raw":"a\\tb\\r\\nid           9\\u001b[2J"}""");

        // When
        Run run = service.run("dead-letters", "show", "8");

        // Then
        assertThat(run.out()).endsWith("""

                What was read and is no record, of which a part is missing:
                  a b
                  id           9 [2J
                """);
    }

    @Test
    void showSaysThatThereIsNone() {
        // Given
        service.answers("GET /api/dead-letters/9", 404, "{\"error\":\"there is no dead letter 9\"}");

        // When
        Run run = service.run("dead-letters", "show", "9");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("/api/dead-letters/9 answered 404: there is no dead letter 9\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "replay 6 9 6; this sends 2 dead letters again",
                "replay 6; this sends 1 dead letter again",
                "replay 6 --message=m.json; this sends what was mended in place of 1 dead letter",
                "discard 6 9 --why=old; this discards 2 dead letters for good",
            })
    void onlySaysWhatItWouldDoWithoutYes(String command, String told) {
        // When
        Run run = service.run(("dead-letters " + command).split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(1, "", "relay: " + told + "; --yes does it\n"));
        assertThat(service.asked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "replay --all; ''; this sends 2 dead letters again",
                "replay --integration=users; ?integration=users; this sends 2 dead letters again",
                "discard --code=contract --why=old; ?code=contract; this discards 2 dead letters for good",
            })
    void countsTheLettersOfAFilterWithoutYes(String command, String query, String told) {
        // Given
        service.answers(GROUPS, 200, """
                {"total":2,"groups":[{"integration":"users","code":"contract","status":0,"reason":"no","letters":2}]}""");

        // When
        Run run = service.run(("dead-letters " + command).split(" "));

        // Then
        assertThat(run).isEqualTo(new Run(1, """
                letters  integration  code      status  reason
                      2  users        contract  -       no

                2 dead letters
                """, "relay: " + told + "; --yes does it\n"));
        assertThat(service.asked()).containsExactly(GROUPS + query);
    }

    @Test
    void saysThatNoLetterIsMeant() {
        // Given
        service.answers(GROUPS, 200, "{\"total\":0,\"groups\":[]}");

        // When
        Run run = service.run("dead-letters", "replay", "--all");

        // Then
        assertThat(run)
                .isEqualTo(new Run(1, "0 dead letters\n", "relay: there is no such dead letter: nothing to do\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "6 9 6; {\"ids\":[\"6\",\"9\"],\"by\":\"anna\"}",
                "--all; {\"filter\":{},\"by\":\"anna\"}",
                "--integration=i --code=c --reason=r --since=s --until=u --entity=user:e --message-id=m;"
                        + "{\"filter\":{\"integration\":\"i\",\"code\":\"c\",\"reason\":\"r\",\"since\":\"s\",\"until\":\"u\","
                        + "\"entity\":\"user:e\",\"messageId\":\"m\"},\"by\":\"anna\"}",
            })
    void replaysTheLettersThatAreNamedAndFollowsTheJobToItsEnd(String selection, String body) {
        // Given
        service.answers(REPLAY, 202, BEGUN)
                .answers(JOB, 200, BEGUN.replace("waiting", "running"))
                .answers(JOB, 200, """
                        {"id":"3","deed":"replay","state":"done","by":"anna","selected":2,"passed":2,"messages":3}""");

        // When
        Run run = service.run(("dead-letters replay --by=anna --yes " + selection).split(" "));

        // Then
        assertThat(run)
                .isEqualTo(new Run(0, "Job 3, replay by anna, is done: 2 of 2 letters sent again (messages: 3)\n", ""));
        assertThat(service.asked()).containsExactly(REPLAY + " " + body, JOB, JOB);
    }

    @Test
    void whoDoesItIsTheUserUnlessTold() {
        // Given
        service.answers(REPLAY, 202, BEGUN.replace("waiting", "done"));

        // When
        service.run("dead-letters", "replay", "6", "--yes");

        // Then
        assertThat(service.asked())
                .containsExactly(REPLAY + " {\"ids\":[\"6\"],\"by\":\"" + System.getProperty("user.name") + "\"}");
    }

    @Test
    void saysWhichLettersStayedAndWhy() {
        // Given
        service.answers(REPLAY, 202, BEGUN).answers(JOB, 200, """
                {"id":"3","deed":"replay","state":"done","by":"anna","selected":25,"passed":1,"stayed":23,"gone":1,"messages":1,
                 "stays":[{"id":"6","why":"accountId: must not be\\u001b blank"},{"id":"17","why":"no"}]}""");

        // When
        Run run = service.run("dead-letters", "replay", "--all", "--yes");

        // Then
        assertThat(run).isEqualTo(new Run(1, """
                Job 3, replay by anna, is done: 1 of 25 letters sent again (messages: 1), 23 stayed, 1 gone

                id  why it stays
                6   accountId: must not be  blank
                17  no
                ... and 21 more
                """, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"state\":\"done\",\"selected\":2,\"passed\":2; 0",
                "\"state\":\"done\",\"selected\":2,\"passed\":1,\"stayed\":1; 1",
                "\"state\":\"done\",\"selected\":2,\"passed\":1,\"gone\":1; 1",
                "\"state\":\"cancelled\",\"selected\":2,\"passed\":1; 1",
                "\"state\":\"failed\",\"selected\":2,\"passed\":2,\"failure\":\"disk full\"; 1",
            })
    void endsWellOnlyWhereAllPassed(String end, int status) {
        // Given
        service.answers(REPLAY, 202, BEGUN).answers(JOB, 200, "{\"id\":\"3\",\"deed\":\"replay\"," + end + "}");

        // When
        Run run = service.run("dead-letters", "replay", "6", "9", "--yes");

        // Then
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out().contains("failure: disk full")).isEqualTo(end.contains("disk full"));
    }

    @Test
    void aDryRunNeedsNoYesAndShowsWhatWouldBeSent() {
        // Given
        service.answers(REPLAY, 202, BEGUN).answers(JOB, 200, """
                {"id":"3","deed":"try","state":"done","by":"anna","selected":2,"passed":1,"stayed":1,"messages":1,
                 "stays":[{"id":"9","why":"no"}],"first":[{"id":"6","messages":[{"type":"user","mrr":49.50}]}]}""");

        // When
        Run run = service.run("dead-letters", "replay", "6", "9", "--dry-run", "--by=anna");

        // Then
        assertThat(run).isEqualTo(new Run(1, """
                Job 3, try by anna, is done: 1 of 2 letters would be sent again (messages: 1), 1 would stay

                Letter 6 would become:
                  {
                    "type" : "user",
                    "mrr" : 49.50
                  }

                id  why it stays
                9   no
                """, ""));
        assertThat(service.asked()).contains(REPLAY + " {\"ids\":[\"6\",\"9\"],\"dryRun\":true,\"by\":\"anna\"}");
    }

    @Test
    void sendsAMendedMessageOfAFile() throws Exception {
        // Given
        Path file = Files.writeString(
                folder.resolve("m.json"), "{\"type\": \"user\",\n \"mrr\": 49.50, \"name\": \"é\"}\n");
        service.answers(REPLAY, 202, BEGUN.replace("waiting", "done"));

        // When
        service.run("dead-letters", "replay", "6", "--message", file.toString(), "--by=anna", "--yes");

        // Then
        assertThat(service.asked())
                .containsExactly(
                        REPLAY
                                + " {\"ids\":[\"6\"],\"message\":{\"type\":\"user\",\"mrr\":49.50,\"name\":\"é\"},\"by\":\"anna\"}");
    }

    @Test
    void mapsAMendedRecordOfTheStandardInput() {
        // Given
        service.answers(REPLAY, 202, BEGUN.replace("waiting", "done"));
        InputStream console = System.in;
        System.setIn(new ByteArrayInputStream("{\"plan\":\"Pro\"}".getBytes(StandardCharsets.UTF_8)));

        // When
        try {
            service.run("dead-letters", "replay", "6", "--record", "-", "--by=anna", "--yes");
        } finally {
            System.setIn(console);
        }

        // Then
        assertThat(service.asked())
                .containsExactly(REPLAY + " {\"ids\":[\"6\"],\"record\":{\"plan\":\"Pro\"},\"by\":\"anna\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "{", "{} {}", "{\"a\":1,\"a\":2}"})
    void takesOnlyAnObjectForAMessage(String content) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("m.json"), content);

        // When
        Run run = service.run("dead-letters", "replay", "6", "--yes", "--message", file.toString());

        // Then
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("relay: " + file + ": ");
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void discardsAndTellsWhy() {
        // Given
        service.answers(DISCARD, 202, BEGUN.replace("replay", "discard")).answers(JOB, 200, """
                {"id":"3","deed":"discard","state":"done","by":"anna","why":"too old","selected":2,"discarded":2}""");

        // When
        Run run = service.run("dead-letters", "discard", "--code=expired", "--why", "too old", "--by=anna", "--yes");

        // Then
        assertThat(run)
                .isEqualTo(new Run(0, "Job 3, discard by anna, is done: 2 of 2 letters discarded\nwhy: too old\n", ""));
        assertThat(service.asked())
                .containsExactly(
                        DISCARD + " {\"filter\":{\"code\":\"expired\"},\"why\":\"too old\",\"by\":\"anna\"}", JOB);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay --yes",
                "replay 6 --all --yes",
                "replay 6 --code=contract --yes",
                "replay --all --code=contract --yes",
                "replay six --yes",
                "replay 6 9 --message=- --yes",
                "replay --all --record=- --yes",
                "replay 6 --message=- --record=- --yes",
                "replay 6 --wrong --yes",
                "discard --why=x --yes",
                "discard 6 --yes",
                "discard --integration= --why=x --yes",
                "replay --reason= --code=contract --yes",
                "groups --entity=",
                "discard 6 --all --why=x --yes",
                "--integration=users discard --all --why=x --yes",
                "--code=contract replay --all --yes",
                "show",
                "show six",
                "export 6",
                "wrong",
            })
    void whatIsNotUnderstoodDoesNothing(String arguments) {
        // When
        Run run = service.run(("dead-letters " + arguments).split(" "));

        // Then
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void saysWhatTheServiceDoesNotUnderstand() {
        // Given
        service.answers(GROUPS, 400, "{\"error\":\"since=x: must be a moment\"}");

        // When
        Run run = service.run("dead-letters", "groups", "--since=x");

        // Then
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).endsWith(" answered 400: since=x: must be a moment\n");
    }

    @Test
    void namesTheJobThatGoesOnWhereTheServiceDoesNotAnswerAnyMore() {
        // Given
        service.answers(REPLAY, 202, BEGUN).answers(JOB, 500, "");

        // When
        Run run = service.run("dead-letters", "replay", "6", "--yes");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).endsWith("/api/jobs/3 answered 500; `relay jobs 3` tells what became of the job\n");
    }

    @Test
    void exportsToTheStandardOutputByteByByte() {
        // Given
        String lines = "{\"id\":\"1\",\"raw\":\"é\"}\n{\"id\":\"2\"}\n";
        service.answers(EXPORT, 200, lines);

        // When
        Run run = service.run("dead-letters", "export", "--integration=users");

        // Then
        assertThat(run).isEqualTo(new Run(0, lines, ""));
        assertThat(service.asked()).containsExactly(EXPORT + "?format=jsonl&integration=users");
    }

    @Test
    void exportsToAFileForItsUserAlone() throws Exception {
        // Given
        Path file = folder.resolve("letters.csv");
        String csv = "id,raw\r\n1,'=1\r\n".repeat(10_000);
        service.answers(EXPORT, 200, csv);

        // When
        Run run = service.run("dead-letters", "export", "--format=csv", "--output", file.toString());

        // Then
        assertThat(run).isEqualTo(new Run(0, "", ""));
        assertThat(file).hasContent(csv);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(service.asked()).containsExactly(EXPORT + "?format=csv");
    }

    @Test
    void anExportThatIsBrokenOffFails() {
        // Given
        Path file = folder.resolve("letters.jsonl");
        service.breaksOff(EXPORT, "{\"id\":\"1\"}\n");

        // When
        Run run = service.run("dead-letters", "export", "--output", file.toString());

        // Then
        assertThat(run)
                .isEqualTo(new Run(1, "", "relay: the service broke off: " + file + " has not all dead letters\n"));
    }

    @Test
    void anExportThatIsRefusedLeavesTheFileAsItIs() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("letters.jsonl"), "those of yesterday");
        service.answers(EXPORT, 400, "{\"error\":\"code=x: must be one of contract\"}");

        // When
        Run run = service.run("dead-letters", "export", "--code=x", "--output", file.toString());

        // Then
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).endsWith(" answered 400: code=x: must be one of contract\n");
        assertThat(file).hasContent("those of yesterday");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        // Given
        service.answers(EXPORT, 200, "{}\n");
        Path file = folder.resolve("absent").resolve("letters.jsonl");

        // When
        Run run = service.run("dead-letters", "export", "--output", file.toString());

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("relay: cannot write " + file);
    }
}
