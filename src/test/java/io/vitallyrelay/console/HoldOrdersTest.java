package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.delivery.Stop;
import io.vitallyrelay.letters.Audit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldOrdersTest {
    private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
    private static final HoldOrders.Operator ANNA = new HoldOrders.Operator("anna", "127.0.0.1");

    @TempDir
    Path folder;

    private final Gate gate = new Gate(
            new Gate.Options(4, 0, Duration.ofMinutes(1), () -> NOW, System::nanoTime, new Random(3)), new Stop());

    @Test
    void putsAHoldIntoTheAuditOnOneLineWhateverItsReasonIs() throws Exception {
        // When
        orders().hold("accounts", "line one\nline two\u001b[2J", ANNA);

        // Then
        assertThat(Files.readAllLines(folder.resolve("audit.jsonl")))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .isEqualTo(
                                "{\"at\":\"2026-01-31T00:00:00Z\",\"by\":\"anna\",\"from\":\"127.0.0.1\",\"deed\":\"hold\","
                                        + "\"what\":{\"scope\":\"integration\",\"integration\":\"accounts\",\"reason\":\"line one\\nline two"
                                        + "\\u001B[2J\"}}"));
    }

    @Test
    void putsIntoTheAuditWhatAReleaseEnds() {
        // Given
        HoldOrders orders = orders();
        orders.hold(null, "maintenance", ANNA);

        // When
        orders.release(null, true, ANNA);

        // Then
        assertThat(gate.holds()).isEmpty();
        assertThat(new Audit(folder.resolve("audit.jsonl")).last(1).get(0).path("what"))
                .hasToString("{\"scope\":\"all\",\"probe\":true,\"holds\":[\"held by anna: maintenance\"]}");
    }

    @Test
    void holdsAndReleasesAllTheSameWhereTheAuditCannotBeWritten() throws Exception {
        // Given: a folder in its place
        Files.createDirectories(folder.resolve("audit.jsonl"));

        // When
        List<String> warnings = orders().hold(null, "the disk is full", ANNA);

        // Then
        assertThat(gate.holds()).extracting(Hold::reason).containsExactly("the disk is full");
        assertThat(warnings).singleElement().asString().contains("the audit cannot be written", "done all the same");
    }

    private HoldOrders orders() {
        return new HoldOrders(gate, new Audit(folder.resolve("audit.jsonl")), () -> NOW);
    }
}
