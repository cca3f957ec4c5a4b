package io.vitallyrelay.source.file;

import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.text.ElementCut;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.RecordText;
import java.io.IOException;

/** One JSON value on each line, or an array of them, each of which is a record. */
final class JsonLinesReader extends LineReader {
    private final JsonText json;
    private final JsonText elements;
    private final ElementCut cut;
    private final int maxRecordBytes;
    /** What is left of the line with the array whose elements are taken. */
    private int rest;

    JsonLinesReader(FileBuffer buffer, FileSettings settings) {
        super(buffer);
        this.json = new JsonText(new RecordText(settings.charset(), "column"));
        RecordText inArray = new RecordText(settings.charset(), "character");
        this.elements = new JsonText(inArray);
        this.cut = new ElementCut(inArray);
        this.maxRecordBytes = settings.maxRecordBytes();
    }

    @Override
    void begin() throws IOException {
        super.begin();
        lineEnds(-1);
        if (FirstLines.of(buffer, 0, json).areOneValue()) {
            throw new UnreadableFileException(
                    buffer.line(),
                    "the value is printed over several lines: in JSON lines each must stand on one line"
                            + " (jq -c . makes them so)");
        }
    }

    @Override
    void resume(Checkpoint from) throws IOException {
        super.resume(from);
        if (isInArray()) {
            rest = buffer.lineLength(maxRecordBytes);
            cut.goOn(buffer.position(), buffer.position() + rest);
        }
    }

    @Override
    FileRecord take() throws IOException {
        if (isInArray()) {
            return element();
        }
        while (buffer.at(0) >= 0) {
            int length = buffer.lineLength(maxRecordBytes);
            if (length > maxRecordBytes) {
                noElement();
                return takeBadLine(Problem.tooLong(maxRecordBytes));
            }
            if (!isBlank(length)) {
                return value(length);
            }
            buffer.takeLine(length);
        }
        return null;
    }

    private FileRecord value(int length) {
        byte[] b = buffer.bytes();
        int from = buffer.position();
        int to = from + withoutCarriageReturn(length);
        if (b[from] != '{' && ElementCut.opens(b, from, to)) { // most lines are objects
            rest = length;
            cut.begin(b, from, from + length);
            return element();
        }
        FileRecord read = FileRecord.Unread.of(buffer.line(), b, from, to, json);
        buffer.takeLine(length);
        noElement();
        return read;
    }

    private FileRecord element() {
        byte[] b = buffer.bytes();
        cut.next(b);
        FileRecord element = cut.problem() == null
                ? FileRecord.Unread.of(buffer.line(), b, cut.from(), cut.to(), elements)
                : FileRecord.Bad.of(buffer.line(), cut.problem(), b, cut.from(), cut.to());
        boolean last = cut.isLast(b);
        elementOfArray(last);
        if (last) {
            buffer.takeLine(rest);
        } else {
            int taken = cut.behind() - buffer.position();
            buffer.take(taken, 0);
            rest -= taken;
        }
        return element;
    }

    private boolean isBlank(int length) {
        byte[] b = buffer.bytes();
        for (int i = buffer.position(); i < buffer.position() + length; i++) {
            if (b[i] != ' ' && b[i] != '\t' && b[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
