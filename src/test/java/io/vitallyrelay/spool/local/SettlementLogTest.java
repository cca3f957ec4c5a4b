package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlementLogTest {
    private static final long EPOCH = 7;

    @TempDir
    Path directory;

    private List<Dealt> messages;
    private SettlementLog log;

    @BeforeEach
    void open() throws Exception {
        messages = dealt();
        log = SettlementLog.open(Files.createDirectory(directory.resolve("log")));
        log.begin(EPOCH);
    }

    @AfterEach
    void close() {
        log.close();
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
    void endsBeforeARecordThatIsHalfWritten() throws Exception {
        // Given
        add(0);
        add(1);
        Path file = directory.resolve("log").resolve("delivered.0");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

        // When
        List<Integer> read = readFrom(0);

        // Then
        assertThat(read).containsExactly(0);
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

    private static List<Dealt> dealt() {
        BlockWriter writer = new BlockWriter();
        for (String content : List.of("a", "b", "c")) {
            writer.add(1, SpoolFixture.message(content, content), "line", null);
        }
        List<Dealt> dealt = new ArrayList<>();
        new Block(1, writer.close(1), new BitSet()).forEachPending(dealt::add);
        return dealt;
    }

    private void add(int index) {
        log.add(List.of(Settlement.of(messages.get(index), null)));
    }

    private List<Integer> readFrom(long record) {
        List<Integer> read = new ArrayList<>();
        log.read(new SettlementLog.Mark(EPOCH, record), (block, index) -> read.add(index));
        return read;
    }
}
