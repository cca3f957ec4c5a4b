package io.vitallyrelay.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Rows under a headline, in columns as wide as their longest cell; numbers stand at the right. Not thread-safe. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> numbers;

    TextTable(String... headline) {
        rows.add(List.of(headline));
        numbers = new ArrayList<>(Collections.nCopies(headline.length, false));
    }

    /** @param cells texts or whole numbers, one for each column */
    void add(Object... cells) {
        if (cells.length != numbers.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + numbers.size() + " columns");
        }
        List<String> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            numbers.set(i, cells[i] instanceof Number);
            row.add(printable(String.valueOf(cells[i])));
        }
        rows.add(row);
    }

    /** The lines, without an end of line behind the last one. */
    @Override
    public String toString() {
        return rows.stream().map(this::line).collect(Collectors.joining("\n"));
    }

    /** Texts may come from a file or an answer: a control character could move the terminal's cursor. */
    static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String padding = " ".repeat(width(i) - row.get(i).length());
            line.append(i == 0 ? "" : GAP).append(numbers.get(i) ? padding + row.get(i) : row.get(i) + padding);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
