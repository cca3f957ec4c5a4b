package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.cli.ServiceStub.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HoldCommandTest {
    private static final String HELD = "{\"held\":true,\"holds\":[{\"scope\":\"integration\",\"integration\":\"users\","
            + "\"cause\":\"operator\",\"reason\":\"a wrong mapping\",\"since\":\"2026-01-31T00:00:00Z\",\"by\":\"anna\"}]}";
    private static final String OPEN = "{\"held\":false,\"holds\":[]}";

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
    void holdsAnIntegrationAndShowsWhatIsHeld() {
        // Given
        service.answers("POST /api/lanes/hold", 200, HELD);

        // When
        Run run = service.run("hold", "users", "--reason", "a wrong mapping", "--by", "anna");

        // Then
        assertThat(service.asked())
                .containsExactly("POST /api/lanes/hold?by=anna&reason=a+wrong+mapping&integration=users");
        assertThat(run).isEqualTo(new Run(0, """
                Held until it is released, while the others go on:
                - since 2026-01-31T00:00:00Z: integration users waits: held by anna: a wrong mapping
                """, ""));
    }

    @Test
    void holdsNothingWithoutAReason() {
        assertThat(service.run("hold").status()).isEqualTo(2);
        assertThat(service.run("hold", "--reason", " ").status()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void releasesAllAndSaysThatOneIsTriedFirst() {
        // Given
        service.answers("POST /api/lanes/release", 200, OPEN);

        // When
        Run run = service.run("release", "--by", "anna");

        // Then
        assertThat(service.asked()).containsExactly("POST /api/lanes/release?by=anna&probe=true");
        assertThat(run).isEqualTo(new Run(0, "Released: one request is tried before the others go on.\n", ""));
    }

    @Test
    void releasesOneWithoutAProbe() {
        // Given
        service.answers("POST /api/lanes/release", 200, OPEN);

        // When
        service.run("release", "users", "--no-probe", "--by", "anna");

        // Then
        assertThat(service.asked()).containsExactly("POST /api/lanes/release?by=anna&probe=false&integration=users");
    }

    @Test
    void doesNotTakeAnEmptyVariableForAll() {
        assertThat(service.run("release", "").status()).isEqualTo(2);
        assertThat(service.asked()).isEmpty();
    }

    @Test
    void endsWithOneWhereThereIsNoSuchIntegration() {
        // Given
        service.answers("POST /api/lanes/hold", 404, "{\"error\":\"there is no integration usres; there are users\"}");

        // When
        Run run = service.run("hold", "usres", "--reason", "x");

        // Then
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no integration usres; there are users");
    }
}
