package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * CSV with a header: a row becomes an object of texts. Of a broken record only the first physical line is taken as bad,
 * so that a stray quote does not take the good rows behind it with it. That stays linear in the size of the file: a
 * record can only run on over lines with an even number of quotes, and each of those, begun anew, ends with its line.
 */
final class CsvReader extends LineReader {
    private final CsvCutter cutter;
    private final RecordText text;
    private String[] header = {};

    CsvReader(ByteWindow window, FileSettings settings) {
        super(window);
        this.cutter = new CsvCutter(window, settings);
        this.text = new RecordText(settings.charset(), "character");
    }

    @Override
    void begin() throws IOException {
        super.begin();
        if (!skipEmptyLines()) {
            throw new UnreadableFileException(window.line(), "no header");
        }
        cutter.cut(Integer.MAX_VALUE);
        String problem = cutter.problem() == null ? textProblem() : cutter.problem();
        if (problem != null) {
            throw new UnreadableFileException(window.line(), "the header is broken: " + problem);
        }
        header = new String[cutter.columns()];
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.length; i++) {
            header[i] = cutter.text(i);
            if (header[i].isEmpty()) {
                throw new UnreadableFileException(window.line(), "column " + (i + 1) + " has no name in the header");
            }
            if (!seen.add(header[i])) {
                throw new UnreadableFileException(
                        window.line(), "column " + (i + 1) + " has the name of another column in the header");
            }
        }
        window.take(cutter.length(), cutter.lineEnds());
    }

    @Override
    FileRecord take() throws IOException {
        if (!skipEmptyLines()) {
            return null;
        }
        cutter.cut(header.length);
        if (cutter.problem() != null) {
            return takeBadLine(cutter.problem());
        }
        if (cutter.columns() != header.length) {
            return takeBadLine(wrongColumns());
        }
        long line = window.line();
        String problem = textProblem();
        FileRecord record = problem == null ? new FileRecord.Row(line, row()) : badRecord(line, problem);
        window.take(cutter.length(), cutter.lineEnds());
        return record;
    }

    private JsonNode row() {
        Map<String, JsonNode> columns = new LinkedHashMap<>(2 * header.length);
        for (int i = 0; i < header.length; i++) {
            columns.put(header[i], TextNode.valueOf(cutter.text(i)));
        }
        return new ObjectNode(JsonNodeFactory.instance, columns);
    }

    /** The whole record, since its lines belong together: only its characters are wrong. */
    private FileRecord badRecord(long line, String problem) {
        int from = window.position();
        int to = from + cutter.length();
        to -= window.buffer()[to - 1] == '\n' ? 1 : 0;
        return RecordText.bad(line, problem, window.buffer(), from, from + withoutCarriageReturn(to - from));
    }

    private String textProblem() {
        int from = window.position();
        return text.problem(window.buffer(), from, from + cutter.length());
    }

    private String wrongColumns() {
        String columns = cutter.columns() + (cutter.columns() == 1 ? " column" : " columns");
        String instead = columns + " instead of " + header.length;
        return cutter.lineEnds() > 1
                ? instead + " in a record of " + cutter.lineEnds() + " lines, which a stray quote may have joined"
                : instead;
    }

    /** False at the end of the file. */
    private boolean skipEmptyLines() throws IOException {
        int b = window.at(0);
        while (b == '\n' || (b == '\r' && (window.at(1) == '\n' || window.at(1) < 0))) {
            window.takeLine(b == '\n' ? 0 : 1);
            b = window.at(0);
        }
        return b >= 0;
    }
}
