package io.vitallyrelay.delivery;

import static io.vitallyrelay.message.MessageType.ACCOUNT;
import static io.vitallyrelay.message.MessageType.ORGANIZATION;
import static io.vitallyrelay.message.MessageType.TRACK;
import static io.vitallyrelay.message.MessageType.UNLINK;
import static io.vitallyrelay.message.MessageType.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Pending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchOrderTest {
    @TempDir
    Path folder;

    private TemporarySpool spool;
    private int appended;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void sendsFirstWhatOthersDependOn() throws Exception {
        // Given
        append(TRACK, "user:1");
        append(USER, "user:2");
        append(ACCOUNT, "account:1");
        append(ORGANIZATION, "organization:1");

        // Then
        assertThat(ordered()).containsExactly("3", "2", "1", "0");
    }

    @Test
    void keepsAMove() throws Exception {
        // Given
        append(USER, "user:1");
        append(UNLINK, "user:1");

        // Then
        assertThat(ordered()).containsExactly("0", "1");
    }

    @Test
    void keepsAnUnlinkBeforeTheUserThatFollowsIt() throws Exception {
        // Given
        append(UNLINK, "user:1");
        append(USER, "user:1");
        append(USER, "user:2");

        // Then
        assertThat(ordered()).containsExactly("2", "0", "1");
    }

    @Test
    void neverSwapsMessagesOfOneEntity() throws Exception {
        // Given
        Random random = new Random(1);
        Map<Integer, List<Integer>> read = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            append(MessageType.values()[random.nextInt(6)], "entity:" + random.nextInt(20));
        }
        List<Pending> messages = spool.take(500);
        messages.forEach(m ->
                read.computeIfAbsent(m.entityHash(), e -> new ArrayList<>()).add(number(m)));

        // When
        List<Pending> ordered = BatchOrder.of(messages);

        // Then
        Map<Integer, List<Integer>> sent = new HashMap<>();
        ordered.forEach(m ->
                sent.computeIfAbsent(m.entityHash(), e -> new ArrayList<>()).add(number(m)));
        assertThat(sent).isEqualTo(read);
    }

    private void append(MessageType type, String entity) throws InterruptedException {
        spool.append(type, entity, Integer.toString(appended++));
    }

    private List<String> ordered() throws InterruptedException {
        return TemporarySpool.texts(BatchOrder.of(spool.take(appended)));
    }

    private static int number(Pending message) {
        return Integer.parseInt(TemporarySpool.texts(List.of(message)).get(0));
    }
}
