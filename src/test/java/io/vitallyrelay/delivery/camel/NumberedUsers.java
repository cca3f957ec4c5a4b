package io.vitallyrelay.delivery.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Messages about some users in turn, each from the line of its number, and what may become of them on the way. */
final class NumberedUsers {
    private final int users;
    private final int messages;

    NumberedUsers(int users, int messages) {
        this.users = users;
        this.messages = messages;
    }

    void append(TemporarySpool spool) throws InterruptedException {
        append(spool, 0);
    }

    /** @param more characters that every tenth message is longer */
    void append(TemporarySpool spool, int more) throws InterruptedException {
        RecordIntake intake = new RecordIntake(spool.spool().intake("users", "users.csv"));
        for (int i = 0; i < messages; i++) {
            String json =
                    "{\"type\":\"user\",\"messageId\":\"%s\",\"timestamp\":\"2018-05-15T12:31:12.123Z\",\"userId\":\"%s\",\"accountId\":\"a\",\"traits\":{\"number\":%d,\"more\":\"%s\"}}"
                            .formatted(id(i), user(i), i, "x".repeat(i % 10 == 7 ? more : 0));
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            intake.message(new Message(MessageType.USER, id(i), "user:" + user(i), bytes), line(i));
            intake.recordDone(() -> "");
        }
        intake.flush();
    }

    static String id(int number) {
        return "m" + number;
    }

    static String line(int number) {
        return "line " + (number + 1);
    }

    static int number(JsonNode message) {
        return message.path("traits").path("number").intValue();
    }

    private String user(int number) {
        return "u" + number % users;
    }

    /** At any moment: each message is delivered, dead or pending, and none is delivered that was not taken. */
    void assertBalanced(UnitCounts counts, List<JsonNode> taken) {
        assertThat(counts.read()).isEqualTo(messages);
        assertThat(counts.delivered() + counts.dead() + counts.pending())
                .as("%s", counts)
                .isEqualTo(messages);
        assertThat(counts.delivered())
                .as("%s", counts)
                .isLessThanOrEqualTo(distinct(taken).size());
    }

    /** At the end: each good message was taken, in the order of its user, and each bad one is a dead letter from its line. */
    void assertEnd(TemporarySpool spool, List<JsonNode> taken, IntPredicate bad) {
        List<Integer> dead = IntStream.range(0, messages).filter(bad).boxed().toList();
        assertThat(spool.units()).singleElement().satisfies(counts -> {
            assertBalanced(counts, taken);
            assertThat(counts.dead()).isEqualTo(dead.size());
            assertThat(counts.pending()).isZero();
        });
        assertThat(distinct(taken)).hasSize(messages - dead.size()).noneMatch(bad::test);
        assertInOrder(taken);
        assertThat(spool.deadLetters()).hasSize(dead.size());
        for (DeadLetter letter : spool.deadLetters()) {
            int number = Integer.parseInt(letter.origin().position().substring("line ".length())) - 1;
            assertThat(dead).contains(number);
            assertThat(new String(letter.content().bytes(), StandardCharsets.UTF_8))
                    .contains('"' + id(number) + '"');
            assertThat(letter.origin().integration()).isEqualTo("users");
            assertThat(letter.origin().unit()).isEqualTo("users.csv");
        }
        assertThat(spool.deadLetters())
                .extracting(letter -> letter.origin().position())
                .doesNotHaveDuplicates();
    }

    private void assertInOrder(List<JsonNode> taken) {
        Map<String, List<Integer>> ofUser = new HashMap<>();
        for (int number : distinct(taken)) {
            ofUser.computeIfAbsent(user(number), user -> new ArrayList<>()).add(number);
        }
        assertThat(ofUser.values()).allSatisfy(numbers -> assertThat(numbers).isSorted());
    }

    /** The numbers in the order in which they first came. */
    private static Set<Integer> distinct(List<JsonNode> taken) {
        Set<Integer> distinct = new LinkedHashSet<>();
        taken.forEach(message -> distinct.add(number(message)));
        return Collections.unmodifiableSet(distinct);
    }
}
