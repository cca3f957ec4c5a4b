package io.vitallyrelay.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementLogTest {
    private static final long EPOCH = 7;

    @TempDir
    Path directory;

    private SpoolFixture fixture;
    private List<PendingMessage> messages;
    private SettlementLog log;

    @BeforeEach
    void open() throws Exception {
        fixture = new SpoolFixture(directory.resolve("spool"));
        fixture.append("file", "a", "b", "c");
        messages = fixture.takeAnswered(3);
        log = SettlementLog.open(Files.createDirectory(directory.resolve("log")));
        log.begin(EPOCH);
    }

    @AfterEach
    void close() {
        log.close();
        fixture.close();
    }

    @Test
    void keepsWhatIsBeingCommittedWhileMoreIsDelivered() {
        // Given
        add(0);
        log.turn();

        // When
        add(1);

        // Then
        assertThat(readFrom(0)).containsExactly(0, 1);
    }

    @Test
    void beginsBehindWhatIsCommitted() {
        // Given
        add(0);
        SettlementLog.Mark committed = log.turn();
        add(1);

        // When
        List<Integer> read = readFrom(committed.record());

        // Then
        assertThat(read).containsExactly(1);
    }

    @Test
    void writesOverWhatWasCommitted() throws Exception {
        // Given
        for (int commit = 0; commit < 1000; commit++) {
            add(commit % 3);
            log.turn();
        }

        // When
        long bytes = Files.size(directory.resolve("log").resolve("delivered.0"));

        // Then
        assertThat(bytes).isLessThan(100);
    }

    private void add(int index) {
        log.add(List.of(Settlement.delivered(messages.get(index))));
    }

    private List<Integer> readFrom(long record) {
        List<Integer> read = new ArrayList<>();
        log.read(new SettlementLog.Mark(EPOCH, record), (block, index) -> read.add(index));
        return read;
    }
}
