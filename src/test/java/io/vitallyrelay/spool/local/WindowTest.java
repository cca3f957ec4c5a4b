package io.vitallyrelay.spool.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final int BLOCK = 512 * 1024;
    /** With what a block has besides its message, a fourth is beyond 2 MB. */
    private static final int FRESH_BLOCKS = 3;

    private final TreeMap<Long, byte[]> store = new TreeMap<>();
    private final List<Long> read = new ArrayList<>();
    private final Window window = new Window(1, Long.MAX_VALUE, this::blockFrom);

    @Test
    void keepsWhatWasWrittenLastUpToItsLimitAndHasTheRestRead() throws InterruptedException {
        // Given
        window.open(0, this);

        // When: of the first block nobody knows the number before it is read
        write(1, 10);
        List<String> first = takeAll();
        write(11, 10);
        List<String> second = takeAll();

        // Then
        assertThat(first).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        assertThat(second).containsExactly("11", "12", "13", "14", "15", "16", "17", "18", "19", "20");
        assertThat(read).hasSize(1 + 2 * (10 - FRESH_BLOCKS)).doesNotHaveDuplicates();
    }

    private void write(int from, int blocks) {
        Changes changes = new Changes();
        for (int seq = from; seq < from + blocks; seq++) {
            BlockWriter writer = new BlockWriter();
            byte[] json = (seq + " ".repeat(BLOCK)).getBytes(UTF_8);
            writer.add(1, new Message(MessageType.USER, "m" + seq, "user:u", json), "line 1", null);
            changes.blocks.put((long) seq, writer.close(seq));
        }
        changes.lastBlock = (long) from + blocks - 1;
        store.putAll(changes.blocks);
        window.written(changes);
    }

    private List<String> takeAll() throws InterruptedException {
        List<String> taken = new ArrayList<>();
        List<Dealt> some = window.poll(0, this, 100, Duration.ZERO);
        while (!some.isEmpty()) {
            some.forEach(message -> taken.add(new String(message.json(), UTF_8).strip()));
            some = window.poll(0, this, 100, Duration.ZERO);
        }
        return taken;
    }

    private Block blockFrom(long seq) {
        read.add(seq);
        Map.Entry<Long, byte[]> entry = store.ceilingEntry(seq);
        return entry == null ? null : new Block(entry.getKey(), entry.getValue(), new BitSet());
    }
}
