package io.vitallyrelay.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes ready-made Vitally messages, one a line, the same ones at every run. An entity is an account, a user or the
 * user of tracks, and its messages are numbered ({@code seq}) in the order of the file; all of an entity have one type,
 * as a sender may put accounts before users inside a batch.
 *
 * <p>Of each 100 messages in a row so many as asked for are not accepted, and have no number of their entity.
 */
public final class Generate {
    static final int ENTITIES = 10_000;

    private static final long SEED = 20_260_101;
    private static final long FIRST_TIMESTAMP =
            Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Generate() {}

    /** Who does not accept a message. */
    private enum Refuser {
        CONTRACT,
        ENDPOINT
    }

    /**
     * Arguments: the file to write and the number of messages; then, where given, the bytes of a message (fewer than it has
     * change nothing), how many of 100 are not accepted, and by whom, {@code contract} or {@code endpoint}.
     */
    public static void main(String[] args) throws IOException {
        int records = Integer.parseInt(args[1]);
        int bytes = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        int dead = args.length > 3 ? Integer.parseInt(args[3]) : 0;
        Refuser refuser = args.length > 4 ? Refuser.valueOf(args[4].toUpperCase(Locale.ROOT)) : null;
        SplittableRandom random = new SplittableRandom(SEED);
        int[] sequence = new int[ENTITIES];
        StringBuilder line = new StringBuilder(256);
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(Path.of(args[0])), 1 << 16)) {
            for (int i = 0; i < records; i++) {
                int entity = random.nextInt(ENTITIES);
                line.setLength(0);
                boolean accepted = i % 100 * 37 % 100 >= dead; // spread over the hundred
                append(line, i, entity, accepted ? sequence[entity]++ : 0);
                if (!accepted) {
                    refuse(line, refuser);
                }
                pad(line, bytes);
                file.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** The contract knows no field of that name; the endpoint is the {@link Sink}. */
    private static void refuse(StringBuilder line, Refuser refuser) {
        line.insert(line.length() - (refuser == Refuser.CONTRACT ? 1 : 2), ",\"refused\":true");
    }

    private static void pad(StringBuilder line, int bytes) {
        String before = ",\"text\":\"";
        int missing = bytes - line.length() - before.length() - 1;
        if (missing > 0) {
            line.insert(line.length() - 2, before + "x".repeat(missing) + '"');
        }
    }

    private static void append(StringBuilder line, int index, int entity, int sequence) {
        int account = entity / 5;
        String numbers = "\"entity\":" + entity + ",\"seq\":" + sequence;
        switch (entity % 5) {
            case 0 ->
                line.append("{\"type\":\"account\",\"accountId\":\"account-")
                        .append(account)
                        .append('"');
            case 1, 2 ->
                line.append("{\"type\":\"user\",\"userId\":\"user-")
                        .append(entity)
                        .append("\",\"accountId\":\"account-")
                        .append(account)
                        .append('"');
            default ->
                line.append("{\"type\":\"track\",\"event\":\"report opened\",\"userId\":\"user-")
                        .append(entity)
                        .append("\",\"accountId\":\"account-")
                        .append(account)
                        .append('"');
        }
        line.append(",\"messageId\":\"").append(Sink.ID_PREFIX);
        String number = Integer.toString(index);
        line.append("0".repeat(10 - number.length())).append(number);
        line.append("\",\"timestamp\":\"").append(TIMESTAMP.format(Instant.ofEpochMilli(FIRST_TIMESTAMP + index)));
        switch (entity % 5) {
            case 0 ->
                line.append("\",\"traits\":{")
                        .append(numbers)
                        .append(",\"name\":\"Account ")
                        .append(account)
                        .append(" Ltd\",\"plan\":\"standard\",\"seats\":")
                        .append(entity % 97)
                        .append("}}");
            case 1, 2 ->
                line.append("\",\"traits\":{")
                        .append(numbers)
                        .append(",\"name\":\"User ")
                        .append(entity)
                        .append("\",\"role\":\"administrator\"}}");
            default ->
                line.append("\",\"properties\":{")
                        .append(numbers)
                        .append(",\"page\":\"/reports\",\"ms\":")
                        .append(index % 1000)
                        .append("}}");
        }
    }
}
