package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.table.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationStatesTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");

    @TempDir
    Path folder;

    private final Gate gate = new Gate(
            new Gate.Options(4, 0, Duration.ofMinutes(1), () -> NOW, System::nanoTime, new Random(3)), new Stop());
    private final Sources sources = new Sources();
    private final SourceStates sourceStates = new SourceStates(() -> NOW);
    private final Tables tables = new Tables();
    private final BrokerState broker = new BrokerState("no connection yet");
    private TemporarySpool spool;
    private IntegrationStates states;

    @BeforeEach
    void open() {
        spool = TemporarySpool.ofRoom(folder, 5, 1000);
        states = new IntegrationStates(gate, spool.spool(), sources, sourceStates, tables, broker);
        sources.reads("users", Sources.Kind.FILES);
        sources.reads("users-jms", Sources.Kind.QUEUE);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void runsWhereNothingIsWrong() {
        assertThat(states.of("users"))
                .isEqualTo(new IntegrationStates.State(IntegrationStates.Word.RUNNING, null, null));
    }

    @Test
    void failsWhereItsSourceDoes() {
        // Given
        sourceStates.failing("users", "inbox", "cannot be listed");

        // When
        IntegrationStates.State state = states.of("users");

        // Then
        assertThat(state)
                .isEqualTo(new IntegrationStates.State(IntegrationStates.Word.FAILING, "inbox: cannot be listed", NOW));
    }

    @Test
    void isHeldWhileAllLanesAre() {
        // Given
        sourceStates.failing("users", "inbox", "cannot be listed");
        gate.hold(null, "maintenance", "anna");

        // When
        IntegrationStates.State state = states.of("users");

        // Then
        assertThat(state)
                .isEqualTo(new IntegrationStates.State(
                        IntegrationStates.Word.HELD, "all lanes wait: held by anna: maintenance", NOW));
    }

    @Test
    void waitsForTheBrokerWhereItReadsAQueue() {
        assertThat(states.of("users-jms").word()).isEqualTo(IntegrationStates.Word.WAITING);
        assertThat(states.of("users-jms").why()).isEqualTo("its queue waits for the broker: no connection yet");
    }

    @Test
    void goesOnWithItsFilesWhileTheBrokerIsAway() {
        // Given
        sources.reads("messages", Sources.Kind.FILES);
        sources.reads("messages", Sources.Kind.QUEUE);

        // When
        IntegrationStates.State state = states.of("messages");

        // Then
        assertThat(state.word()).isEqualTo(IntegrationStates.Word.RUNNING);
        assertThat(state.why()).contains("its queue waits for the broker");
    }

    @Test
    void waitsWhereItsTableIsNotPolled() {
        // Given
        tables.addNotPolled("accounts-sql", "relay.datasource.main.url is not set");

        // When
        IntegrationStates.State state = states.of("accounts-sql");

        // Then
        assertThat(state.word()).isEqualTo(IntegrationStates.Word.WAITING);
        assertThat(state.why()).isEqualTo("its table is not polled: relay.datasource.main.url is not set");
    }

    @Test
    void waitsForRoomInTheSpool() throws Exception {
        // Given
        spool.append("{\"n\":1}");

        // When
        IntegrationStates.State state = states.of("users");

        // Then
        assertThat(state.word()).isEqualTo(IntegrationStates.Word.WAITING);
        assertThat(state.why()).contains("relay.spool.max-bytes is 5");
    }
}
