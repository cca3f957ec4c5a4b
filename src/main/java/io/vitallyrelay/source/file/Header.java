package io.vitallyrelay.source.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names of the columns of a CSV file, without the blanks and invisible characters around them. Immutable.
 *
 * @param names of the columns that have one
 * @param nameless how many columns follow that have none, from a delimiter behind the last name
 */
@SuppressWarnings("ArrayRecordComponent") // read for each row, never compared
record Header(String[] names, int nameless) {
    private static final int LONGEST_SHOWN = 200;

    /**
     * @param cells as they stand in the file
     * @param required names that must be among them
     * @throws UnreadableFileException when rows cannot be told apart by them
     */
    static Header of(List<String> cells, List<String> required, long line) throws UnreadableFileException {
        int named = cells.size();
        while (named > 0 && cells.get(named - 1).isEmpty()) {
            named--;
        }
        String[] names = new String[named];
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < named || i == 0; i++) {
            String name = trimmed(cells.get(i));
            if (name.isEmpty()) {
                throw new UnreadableFileException(line, "column " + (i + 1) + " has no name in the header");
            }
            requireVisible(name, i, line);
            Integer before = seen.put(name, i);
            if (before != null) {
                throw new UnreadableFileException(
                        line,
                        "column " + (i + 1) + " has the name of column " + (before + 1) + " in the header: \"" + name
                                + "\" stands twice");
            }
            names[i] = name;
        }
        Header header = new Header(names, cells.size() - named);
        header.require(required, line);
        return header;
    }

    /** Columns of a row. */
    int columns() {
        return names.length + nameless;
    }

    /** The header as it may be shown to people. */
    String shown() {
        String joined = String.join(", ", names);
        StringBuilder shown = new StringBuilder();
        joined.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(c -> shown.appendCodePoint(isInvisible(c) && c != ' ' ? '\uFFFD' : c));
        return joined.length() > LONGEST_SHOWN ? shown.append('…').toString() : shown.toString();
    }

    private void require(List<String> required, long line) throws UnreadableFileException {
        List<String> there = List.of(names);
        List<String> problems = new ArrayList<>();
        for (String name : required) {
            if (!there.contains(name)) {
                String near = there.stream()
                        .filter(one -> alike(one).equals(alike(name)))
                        .findFirst()
                        .orElse(null);
                problems.add("column " + name + " is missing" + (near == null ? "" : "; there is \"" + near + "\""));
            }
        }
        if (!problems.isEmpty()) {
            throw new UnreadableFileException(line, String.join(", ", problems) + " (the header is: " + shown() + ")");
        }
    }

    /** Without what people write now so and now so. */
    private static String alike(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** Without blanks, byte order marks and other characters that nobody sees at its ends. */
    static String trimmed(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isInvisible(cell.codePointAt(from))) {
            from += Character.charCount(cell.codePointAt(from));
        }
        while (to > from && isInvisible(cell.codePointBefore(to))) {
            to -= Character.charCount(cell.codePointBefore(to));
        }
        return cell.substring(from, to);
    }

    private static boolean isInvisible(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || isBlankLetter(c);
    }

    /** Fillers and variation selectors, which Unicode counts among the letters and marks. */
    private static boolean isBlankLetter(int c) {
        return c == 0x034F || c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || (c >= 0xFE00 && c <= 0xFE0F);
    }

    private static void requireVisible(String name, int column, long line) throws UnreadableFileException {
        for (int i = 0; i < name.length(); i += Character.charCount(name.codePointAt(i))) {
            int c = name.codePointAt(i);
            // joiners are part of how some languages are written
            if (Character.getType(c) == Character.FORMAT && c != 0x200C && c != 0x200D) {
                throw new UnreadableFileException(
                        line,
                        String.format(
                                Locale.ROOT,
                                "column %d has an invisible character (U+%04X) in its name \"%s\"",
                                column + 1,
                                c,
                                name.replace(Character.toString(c), "\uFFFD")));
            }
        }
    }
}
