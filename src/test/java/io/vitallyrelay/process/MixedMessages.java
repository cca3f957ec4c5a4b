package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.process.RemembersAccepted.Accepted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * {@link Sequences} dealt to some files, and in between rows that cannot be delivered: every 500th is one that the contract
 * refuses, or one that the endpoint is to refuse.
 */
final class MixedMessages {
    private static final int EVERY = 500;
    /** So that a row that is read again becomes the same message, byte by byte. */
    private static final String TIMESTAMP = "{\"timestamp\":\"2026-01-31T12:00:00Z\",";

    private static final String FOR_THE_CONTRACT = "{\"type\":\"track\",\"userId\":\"nobody\"}";
    private static final String FOR_THE_ENDPOINT =
            "{\"type\":\"track\",\"event\":\"refused\",\"userId\":\"refused\",\"accountId\":\"a\"}";

    private final Sequences sequences;
    private final List<String> files = new ArrayList<>();
    private int bad;

    MixedMessages(int files, Sequences sequences) {
        this.sequences = sequences;
        List<String> lines = sequences.lines().lines().toList();
        for (int file = 0; file < files; file++) {
            this.files.add(mixed(lines.subList(lines.size() * file / files, lines.size() * (file + 1) / files)));
        }
    }

    private String mixed(List<String> lines) {
        StringBuilder mixed = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            if (i % EVERY == EVERY / 2) {
                mixed.append(bad % 2 == 0 ? FOR_THE_ENDPOINT : FOR_THE_CONTRACT).append('\n');
                bad++;
            }
            mixed.append(TIMESTAMP)
                    .append(lines.get(i), 1, lines.get(i).length())
                    .append('\n');
        }
        return mixed.toString();
    }

    /** What the endpoint has to answer 400 to. */
    static boolean isForTheEndpointToRefuse(JsonNode message) {
        return message.path("userId").asText().equals("refused");
    }

    List<String> files() {
        return files;
    }

    /** Messages that are to be delivered. */
    int good() {
        return sequences.messages();
    }

    /** Rows that are to become dead letters. */
    int bad() {
        return bad;
    }

    /** Each good message came, in order, at most {@code repeats} of them more than once, and those byte by byte the same. */
    void assertCame(List<Accepted> came, int repeats) {
        sequences.assertCame(came, repeats);
        Map<String, String> bodies = new HashMap<>();
        for (Accepted one : came) {
            String before = bodies.putIfAbsent(one.id(), one.message().toString());
            if (before != null) {
                assertThat(one.message()).as("a message that came again").hasToString(before);
            }
        }
    }

    /** Each bad row is a dead letter, once. */
    void assertBuried(JsonNode letters) {
        assertThat(StreamSupport.stream(letters.spliterator(), false)
                        .map(letter -> letter.path("origin").toString()))
                .doesNotHaveDuplicates()
                .hasSize(bad);
    }
}
