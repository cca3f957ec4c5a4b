package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.process.RemembersAccepted.Accepted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Messages about many users, numbered through for each user, and what may become of them on the way. */
final class Sequences {
    private final int users;
    private final int messages;
    private final String padding;

    /**
     * @param padding characters that each message is longer
     */
    Sequences(int users, int messages, int padding) {
        this.users = users;
        this.messages = messages;
        this.padding = "x".repeat(padding);
    }

    /** One message in each line, the users in turn. They bring no messageId. */
    String lines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < messages; i++) {
            lines.append("{\"type\":\"track\",\"event\":\"counted\",\"userId\":\"u")
                    .append(i % users)
                    .append("\",\"accountId\":\"a\",\"properties\":{\"number\":")
                    .append(i / users)
                    .append(",\"padding\":\"")
                    .append(padding)
                    .append("\"}}\n");
        }
        return lines.toString();
    }

    int messages() {
        return messages;
    }

    /** Each message came, at most {@code repeats} of them more than once, those with the same messageId, in order. */
    void assertCame(List<Accepted> came, int repeats) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        Set<String> repeated = new HashSet<>();
        for (Accepted one : came) {
            String user = one.message().path("userId").textValue();
            int number = one.message().path("properties").path("number").intValue();
            String known = ids.putIfAbsent(user + " " + number, one.id());
            if (known == null) {
                assertThat(number)
                        .as("the number of the next new message of %s", user)
                        .isEqualTo(last.merge(user, 0, (before, first) -> before + 1));
            } else {
                assertThat(one.id())
                        .as("messageId of message %s %s, which came again", user, number)
                        .isEqualTo(known);
                repeated.add(known);
            }
        }
        assertThat(ids).as("messages that came").hasSize(messages);
        assertThat(new HashSet<>(ids.values())).as("their messageIds").hasSize(messages);
        assertThat(repeated).as("messages that came again").hasSizeLessThanOrEqualTo(repeats);
        assertThat(came.size() - messages).as("repeats in all").isLessThanOrEqualTo(repeats);
    }
}
