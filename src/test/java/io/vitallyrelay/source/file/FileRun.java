package io.vitallyrelay.source.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.source.RecordGroup;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.spool.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * One reading of a file of {@code {"n":1}} in the integration {@code numbers}, whose rows become tracks with the row as
 * their properties, and what the route got to see of it. A row without {@code n} is refused.
 */
record FileRun(FileReading reading, boolean complete, String unit, List<String> positions, List<String> messageIds) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Contract CONTRACT = new Contract(1000, InstantSource.system());

    static FileReading open(Path file, FileFormat format, int atOnce, Spool spool) throws IOException {
        return FileReading.open(file, "numbers", FileSettings.of(format), atOnce, () -> false, System::nanoTime, spool);
    }

    static FileRun whole(Path file, FileFormat format, int atOnce, Spool spool) throws Exception {
        try (FileReading reading = open(file, format, atOnce, spool)) {
            List<String> positions = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            String[] unit = new String[1];
            while (reading.hasNext()) {
                take(reading.next(), reading, (row, hand) -> {
                    unit[0] = hand.origin().unit();
                    ids.add(admit(row, hand).messageId());
                    positions.add(hand.origin().position());
                });
            }
            return new FileRun(reading, reading.complete() == FileReading.End.DONE, unit[0], positions, ids);
        }
    }

    /** Takes so many rows, the bad ones not counted, and leaves it there. */
    static List<String> rows(FileReading reading, int count) throws Exception {
        List<String> ids = new ArrayList<>();
        try {
            while (ids.size() < count) {
                take(reading.next(), reading, (row, hand) -> {
                    if (ids.size() == count) {
                        throw new BrokenOff();
                    }
                    ids.add(admit(row, hand).messageId());
                });
            }
            reading.next(); // which takes what the last row became
        } catch (BrokenOff e) {
            // as it was meant
        }
        return ids;
    }

    private static void take(Object next, FileReading reading, RecordGroup.Admission admission) throws Exception {
        if (next instanceof RecordGroup rows) {
            rows.takeRest(admission);
        } else if (next != null) {
            admission.admit((JsonNode) next, reading);
        }
    }

    static Message admit(JsonNode row, RecordInHand hand) throws ContractException {
        ObjectNode track = JSON.createObjectNode().put("userId", "u");
        if (row.has("n")) {
            track.put("event", "counted")
                    .putObject("properties")
                    .put("n", row.get("n").asInt());
        }
        Message message = CONTRACT.admit(track, new Stamp("track", NullPolicy.OMIT, hand.origin(), 0));
        hand.intake().message(message, hand.origin().position());
        return message;
    }

    /** Takes the row in hand as a message. */
    static void admit(FileReading reading) throws ContractException {
        admit(
                JSON.createObjectNode()
                        .put("n", Integer.parseInt(reading.origin().position().substring(5)) - 1),
                reading);
    }

    /** The number in a message. */
    static int number(String message) {
        try {
            return JSON.readTree(message).get("properties").get("n").intValue();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class BrokenOff extends Error {
        private static final long serialVersionUID = 1L;
    }
}
