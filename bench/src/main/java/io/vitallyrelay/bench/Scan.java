package io.vitallyrelay.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The numbers of each message of one body, found by their names and not by parsing. Each message has each of the three
 * once, in any order. Used again for the next body.
 */
final class Scan {
    private static final byte[] ID = ascii("messageId\":\"" + Sink.ID_PREFIX);
    private static final byte[] ENTITY = ascii("entity\":");
    private static final byte[] SEQUENCE = ascii("seq\":");
    private static final byte[] REFUSED = ascii("refused\":true");

    int messages;
    /** Whether one of them asks to be refused. */
    boolean refused;

    int[] ids = new int[128];
    int[] entities = new int[128];
    int[] sequences = new int[128];

    void read(byte[] body, int length) {
        int entity = 0;
        int sequence = 0;
        messages = 0;
        refused = false;
        for (int i = 0; i < length - 1; i++) {
            if (body[i] != '"') {
                continue;
            }
            switch (body[i + 1]) {
                case 'm' -> {
                    if (at(body, i + 1, length, ID)) {
                        room(messages);
                        ids[messages++] = number(body, i + 1 + ID.length);
                    }
                }
                case 'e' -> {
                    if (at(body, i + 1, length, ENTITY)) {
                        room(entity);
                        entities[entity++] = number(body, i + 1 + ENTITY.length);
                    }
                }
                case 's' -> {
                    if (at(body, i + 1, length, SEQUENCE)) {
                        room(sequence);
                        sequences[sequence++] = number(body, i + 1 + SEQUENCE.length);
                    }
                }
                case 'r' -> refused |= at(body, i + 1, length, REFUSED);
                default -> {}
            }
        }
        if (entity != messages || sequence != messages) {
            throw new IllegalStateException(
                    messages + " messageIds, " + entity + " entities and " + sequence + " sequence numbers in a body");
        }
    }

    private void room(int index) {
        if (index == ids.length || index == entities.length || index == sequences.length) {
            ids = Arrays.copyOf(ids, 2 * index);
            entities = Arrays.copyOf(entities, 2 * index);
            sequences = Arrays.copyOf(sequences, 2 * index);
        }
    }

    private static boolean at(byte[] body, int from, int length, byte[] text) {
        return from + text.length <= length && Arrays.equals(body, from, from + text.length, text, 0, text.length);
    }

    private static int number(byte[] body, int from) {
        int number = 0;
        for (int i = from; body[i] >= '0' && body[i] <= '9'; i++) {
            number = 10 * number + body[i] - '0';
        }
        return number;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
