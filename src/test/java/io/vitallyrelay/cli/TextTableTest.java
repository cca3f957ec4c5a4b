package io.vitallyrelay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;

class TextTableTest {
    private final TextTable table = new TextTable("name", "count", "reason");

    @Test
    void makesColumnsAsWideAsTheirLongestCell() {
        // Given
        table.add("a", 1, "short");
        table.add("much longer", 1234567, "no");

        // When
        String text = table.toString();

        // Then
        assertThat(text).isEqualTo("""
                name           count  reason
                a                  1  short
                much longer  1234567  no""");
    }

    @Test
    void isItsHeadlineWhenItHasNoRows() {
        // When
        String text = table.toString();

        // Then
        assertThat(text).isEqualTo("name  count  reason");
    }

    @Test
    void letsNoCellMoveTheCursor() {
        // Given
        table.add("a", 1, "\u001b[2Jred\nnext\u009b2J é");

        // When
        String text = table.toString();

        // Then
        assertThat(text).endsWith("a         1   [2Jred next 2J é");
    }

    @Test
    void refusesRowsOfAnotherLength() {
        // When
        Throwable refusal = catchThrowable(() -> table.add("a", 1));

        // Then
        assertThat(refusal).hasMessage("2 cells for 3 columns");
    }
}
