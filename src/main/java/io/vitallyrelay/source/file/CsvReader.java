package io.vitallyrelay.source.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.text.RecordText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV with a header: a row becomes an object of texts. Of a broken record only the first physical line is taken as bad,
 * so that a stray quote does not take the good rows behind it with it. That stays linear in the size of the file: a
 * record can only run on over lines with an even number of quotes, and each of those, begun anew, ends with its line.
 */
final class CsvReader extends LineReader {
    /** So many rows without one that fits the header show that it is none. */
    private static final int TRIAL_ROWS = 1000;

    private final CsvCutter cutter;
    private final RecordText text;
    private final FileSettings settings;
    private Header header;
    private boolean windowsLineEnds;

    private FileRecord first;
    /** Whether the row taken last had the columns of the header. */
    private boolean fits;

    CsvReader(FileBuffer buffer, FileSettings settings) {
        super(buffer);
        this.cutter = new CsvCutter(buffer, settings);
        this.text = new RecordText(settings.charset(), "character");
        this.settings = settings;
    }

    @Override
    void begin() throws IOException {
        super.begin();
        windowsLineEnds = lineEnds(settings.quote()).windows();
        boolean rows = skipEmptyLines();
        if (rows && skipDelimiterLine()) {
            rows = skipEmptyLines();
        }
        if (!rows) {
            throw new UnreadableFileException(buffer.line(), "no header");
        }
        cutter.cut(Integer.MAX_VALUE);
        String problem =
                cutter.problem() == null ? textProblem() : cutter.problem().reason();
        if (problem != null) {
            throw new UnreadableFileException(buffer.line(), "the header is broken: " + problem);
        }
        List<String> cells = new ArrayList<>(cutter.columns());
        for (int i = 0; i < cutter.columns(); i++) {
            cells.add(cutter.text(i));
        }
        header = Header.of(cells, settings.columns(), buffer.line());
        buffer.take(cutter.length(), cutter.lineEnds());
    }

    /** Whether the first row has the columns of the header; true where there is none that can be read. */
    boolean firstFits() throws IOException {
        try {
            first = row();
        } catch (UnreadableFileException e) {
            return true; // told when it is taken
        }
        return first == null || fits;
    }

    /**
     * Takes rows until one has the columns of the header.
     *
     * @throws UnreadableFileException when none of the first has: then the first line is a title, or a comment
     */
    void requireOneThatFits() throws IOException {
        FileRecord begin = null;
        int rows = 0;
        try {
            for (FileRecord row = row(); row != null && !fits && rows < TRIAL_ROWS; row = row()) {
                begin = begin == null ? row : begin;
                rows++;
            }
        } catch (UnreadableFileException e) {
            return; // told when the rows before it are taken
        }
        if (!fits && begin instanceof FileRecord.Bad bad) {
            throw new UnreadableFileException(
                    bad.line(),
                    "no row fits the header, which is \"" + header.shown() + "\": "
                            + bad.problem().reason()
                            + "; is the first line a title or a comment, or the delimiter another one?");
        }
    }

    @Override
    FileRecord take() throws IOException {
        if (first != null) {
            FileRecord taken = first;
            first = null;
            return taken;
        }
        return row();
    }

    private FileRecord row() throws IOException {
        if (!skipEmptyLines()) {
            return null;
        }
        cutter.cut(header.columns());
        if (cutter.problem() != null) {
            fits = false;
            return takeBadLine(cutter.problem());
        }
        fits = cutter.columns() == header.columns();
        if (!fits) {
            return takeBadLine(Problem.malformed(wrongColumns()));
        }
        long line = buffer.line();
        String problem = textProblem();
        FileRecord record = problem == null ? checked(line) : badRecord(line, problem);
        buffer.take(cutter.length(), cutter.lineEnds());
        return record;
    }

    /** The row, or why it is none although it can be read. */
    private FileRecord checked(long line) {
        if (windowsLineEnds && cutter.endsInBareLineFeed()) {
            return badRecord(
                    line,
                    "ends in \\n alone, where lines end in \\r\\n: a value with a line break in it may be cut here");
        }
        String[] names = header.names();
        for (int i = names.length; i < header.columns(); i++) {
            if (!cutter.isEmpty(i)) {
                return badRecord(line, "a value in column " + (i + 1) + ", which has no name in the header");
            }
        }
        Map<String, JsonNode> columns = new LinkedHashMap<>(2 * names.length);
        boolean again = true;
        for (int i = 0; i < names.length; i++) {
            String value = cutter.text(i);
            again = again && isName(value, names[i]);
            columns.put(names[i], TextNode.valueOf(value));
        }
        return again
                ? badRecord(line, "the header again")
                : new FileRecord.Read(line, new ObjectNode(JsonNodeFactory.instance, columns));
    }

    private static boolean isName(String value, String name) {
        return value.equals(name)
                || (value.contains(name) && Header.trimmed(value).equals(name));
    }

    /** The whole record, since its lines belong together: only its characters are wrong. */
    private FileRecord badRecord(long line, String problem) {
        int from = buffer.position();
        int to = from + cutter.length();
        to -= buffer.bytes()[to - 1] == '\n' ? 1 : 0;
        return FileRecord.Bad.of(line, problem, buffer.bytes(), from, from + withoutCarriageReturn(to - from));
    }

    private String textProblem() {
        int from = buffer.position();
        return text.problem(buffer.bytes(), from, from + cutter.length());
    }

    private String wrongColumns() {
        String columns = cutter.columns() + (cutter.columns() == 1 ? " column" : " columns");
        String instead = columns + " instead of " + header.columns();
        return cutter.lineEnds() > 1
                ? instead + " in a record of " + cutter.lineEnds() + " lines, which a stray quote may have joined"
                : instead;
    }

    /**
     * Takes a first line {@code sep=;}, which tells spreadsheets the delimiter.
     *
     * @return whether there was one
     * @throws UnreadableFileException when it names another delimiter than the settings do
     */
    private boolean skipDelimiterLine() throws IOException {
        boolean quoted = buffer.at(0) == settings.quote();
        int at = quoted ? 1 : 0;
        for (char c : "sep=".toCharArray()) {
            if ((buffer.at(at) | 0x20) != (c | 0x20)) {
                return false;
            }
            at++;
        }
        int named = buffer.at(at);
        int behind = at + 1;
        if (quoted && buffer.at(behind++) != settings.quote()) {
            return false;
        }
        behind += buffer.at(behind) == '\r' ? 1 : 0;
        if (named < ' ' && named != '\t' || (buffer.at(behind) != '\n' && buffer.at(behind) >= 0)) {
            return false;
        }
        if (named != settings.delimiter()) {
            throw new UnreadableFileException(
                    buffer.line(),
                    "the first line says that the delimiter is " + shown(named) + ", and not "
                            + shown(settings.delimiter()) + ": set delimiter");
        }
        buffer.takeLine(behind);
        return true;
    }

    private static String shown(int c) {
        return c == '\t' ? "tab" : c > ' ' && c < 0x7F ? "\"" + (char) c + "\"" : String.format("U+%04X", c);
    }

    /** False at the end of the file. */
    private boolean skipEmptyLines() throws IOException {
        int b = buffer.at(0);
        while (b == '\n' || (b == '\r' && (buffer.at(1) == '\n' || buffer.at(1) < 0))) {
            buffer.takeLine(b == '\n' ? 0 : 1);
            b = buffer.at(0);
        }
        return b >= 0;
    }
}
