package io.vitallyrelay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.ledger.LedgerView;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void printsALineAtEachChange() {
        // When
        showOn(false);

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("read 12, delivered 0, dead 0, pending 12", "read 12, delivered 9, dead 3, pending 0");
    }

    @Test
    void writesOverItsLineOnATerminal() {
        // When
        showOn(true);

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\rread 12, delivered 0, dead 0, pending 12\u001b[K"
                        + "\rread 12, delivered 9, dead 3, pending 0\u001b[K" + System.lineSeparator());
    }

    private void showOn(boolean terminal) {
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
        progress.show(new LedgerView(12, 0, 0, 0, 12, false, List.of(), List.of(), List.of(), null));
        progress.show(new LedgerView(12, 0, 0, 0, 12, false, List.of(), List.of(), List.of(), null));
        progress.show(new LedgerView(12, 9, 3, 0, 0, false, List.of(), List.of(), List.of(), null));
        progress.end();
    }
}
