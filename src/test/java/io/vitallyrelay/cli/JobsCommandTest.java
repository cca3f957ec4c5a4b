package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.cli.ServiceStub.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class JobsCommandTest {
    private static final String RUNNING = """
            {"id":"3","deed":"replay","state":"running","by":"an\\u001bna","from":"127.0.0.1","at":"2026-01-31T00:00:00Z",
             "selected":9812,"passed":500,"discarded":0,"stayed":2,"gone":0,"messages":600,"perSecond":1234.5,
             "stays":[{"id":"6","why":"accountId: must not be blank"}]}""";

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
    void showsAllJobs() {
        // Given
        service.answers(
                "GET /api/jobs",
                200,
                "{\"jobs\":[" + RUNNING + ","
                        + "{\"id\":\"2\",\"deed\":\"discard\",\"state\":\"done\",\"by\":\"tom\",\"at\":\"2026-01-30T00:00:00.123456789Z\","
                        + "\"selected\":5,\"discarded\":4,\"gone\":1}]}");

        // When
        Run run = service.run("jobs");

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                id  at                        deed     by     state    selected  passed  discarded  stayed  gone
                3   2026-01-31T00:00:00Z      replay   an na  running      9812     500          0       2     0
                2   2026-01-30T00:00:00.123Z  discard  tom    done            5       0          4       0     1
                """, ""));
    }

    @Test
    void saysThatThereIsNone() {
        // Given
        service.answers("GET /api/jobs", 200, "{\"jobs\":[]}");

        // Then
        assertThat(service.run("jobs")).isEqualTo(new Run(0, "no jobs\n", ""));
    }

    @Test
    void showsOneJobWithWhatIsLeft() {
        // Given
        service.answers("GET /api/jobs/3", 200, RUNNING);

        // When
        Run run = service.run("jobs", "3");

        // Then
        assertThat(run).isEqualTo(new Run(0, """
                Job 3, replay by an na, is running: 500 of 9812 letters sent again (messages: 600), 2 stayed, 9310 left

                id  why it stays
                6   accountId: must not be blank
                ... and 1 more
                """, ""));
    }

    @Test
    void cancelsAJob() {
        // Given
        service.answers("POST /api/jobs/3/cancel", 200, RUNNING.replace("running", "cancelled"));

        // When
        Run run = service.run("jobs", "--cancel", "3", "--by=an na");

        // Then
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Job 3, replay by an na, is cancelled: 500 of 9812 letters sent again");
        assertThat(service.asked()).containsExactly("POST /api/jobs/3/cancel?by=an%20na");
    }

    @Test
    void saysThatThereIsNoSuchJob() {
        // Given
        service.answers("GET /api/jobs/a%2Fb%20c", 404, "{\"error\":\"there is no such job\"}");

        // When
        Run run = service.run("jobs", "a/b c");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).endsWith(" answered 404: there is no such job\n");
    }

    @Test
    void cancelsNoneWhereTwoAreNamed() {
        // When
        Run run = service.run("jobs", "3", "--cancel", "4");

        // Then
        assertThat(run.status()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }
}
