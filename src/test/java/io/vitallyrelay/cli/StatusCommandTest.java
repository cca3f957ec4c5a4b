package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.cli.ServiceStub.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatusCommandTest {
    static final String LEDGER = "{\"read\":9,\"delivered\":6,\"dead\":2,\"discarded\":0,\"pending\":1,\"held\":false,"
            + "\"holds\":[],\"integrations\":[],\"units\":[]}";
    static final String INTEGRATIONS = """
            {"integrations":[
             {"integration":"accounts-csv","state":"running","read":8,"delivered":6,"dead":2,"discarded":0,"pending":0,"skipped":1},
             {"integration":"users-jms","state":"waiting","why":"its queue waits for the broker: gone\\u001b[2J",
              "read":1,"delivered":0,"dead":0,"discarded":0,"pending":1,"skipped":0}]}""";

    private ServiceStub service;

    @BeforeEach
    void listen() throws Exception {
        service = new ServiceStub();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void showsTheStateOfEachIntegrationAndWhatIsWrongWithIt() {
        // Given
        service.answers("GET /api/ledger", 200, LEDGER).answers("GET /api/integrations", 200, INTEGRATIONS);

        // When
        Run run = service.run("status");

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                integration   state    read  delivered  dead  pending
                accounts-csv  running     8          6     2        0
                users-jms     waiting     1          0     0        1
                total                     9          6     2        1

                users-jms is waiting: its queue waits for the broker: gone [2J
                """, ""));
    }

    @Test
    void showsWhatIsHeldByWhomAndWhyOnOneLineEach() {
        // Given
        service.answers("GET /api/ledger", 200, LEDGER.replace("\"held\":false,\"holds\":[]", """
                "held":true,"holds":[{"cause":"operator","reason":"line one\\nline two","since":"2026-01-31T10:51:46.421283229Z","by":"anna"},
                 {"integration":"users","cause":"refused","reason":"20 of its messages","since":"2026-01-31T10:51:46Z"}]"""));
        service.answers("GET /api/integrations", 200, "{\"integrations\":[]}");

        // When
        Run run = service.run("status");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).endsWith("""

                The lanes are held: nothing is sent until they are released.
                - since 2026-01-31T10:51:46.421Z: held by anna: line one line two
                - since 2026-01-31T10:51:46Z: integration users waits: 20 of its messages
                """);
    }

    @Test
    void hasAColumnOfWhatWasDiscardedWhereThereIsSuch() {
        // Given
        service.answers("GET /api/ledger", 200, LEDGER.replace("\"discarded\":0", "\"discarded\":1"))
                .answers("GET /api/integrations", 200, "{\"integrations\":[]}");

        // When
        Run run = service.run("status");

        // Then
        assertThat(run.out()).isEqualTo("""
                integration  state  read  delivered  dead  discarded  pending
                total                  9          6     2          1        1
                """);
    }

    @Test
    void printsAllOfItAsOneLineOfJson() {
        // Given
        service.answers("GET /api/ledger", 200, LEDGER).answers("GET /api/integrations", 200, INTEGRATIONS);

        // When
        Run run = service.run("status", "--json");

        // Then
        assertThat(run.out().lines())
                .singleElement()
                .asString()
                .startsWith("{\"read\":9,")
                .contains("\"state\":\"waiting\"");
    }
}
