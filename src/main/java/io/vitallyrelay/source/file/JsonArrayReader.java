package io.vitallyrelay.source.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.text.ByteSearch;
import io.vitallyrelay.source.text.ElementCut;
import io.vitallyrelay.source.text.ElementScan;
import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.RecordText;
import java.io.IOException;

/** The elements of one JSON array, each cut out and parsed by itself. */
final class JsonArrayReader extends WindowReader {
    private final ElementScan scan = new ElementScan();
    private final RecordText text;
    private final JsonText json;
    private final boolean bare;
    private final int maxRecordBytes;
    private boolean first = true;
    /** Within an element that is an array itself: its elements are records too. */
    private boolean nested;

    private boolean ended;

    /** @param bare whether the file is one element, without an array around it */
    JsonArrayReader(ByteWindow window, FileSettings settings, boolean bare) {
        super(window);
        this.text = new RecordText(settings.charset(), "character");
        this.json = new JsonText(text);
        this.bare = bare;
        this.maxRecordBytes = settings.maxRecordBytes();
    }

    @Override
    String place() {
        return "element " + number();
    }

    @Override
    void begin() throws IOException {
        super.begin();
        if (bare) {
            return;
        }
        if (skipSpace() != '[') {
            throw unreadable("the file does not begin with [");
        }
        window.take(1, 0);
    }

    @Override
    void resume(Checkpoint from) throws IOException {
        super.resume(from);
        first = false;
        nested = isInArray();
    }

    @Override
    FileRecord take() throws IOException {
        if (bare && !first && !ended) {
            if (skipSpace() >= 0) {
                throw unreadable("more than one JSON value");
            }
            ended = true;
        }
        while (!ended) {
            int b = skipSpace();
            boolean comma = b == ',' && !first;
            if (comma) {
                window.take(1, 0);
                b = skipSpace();
            }
            if (b < 0) {
                throw unreadable("the array is not closed");
            }
            boolean missing = !comma && !first;
            if (b == ']' && !comma) {
                FileRecord empty = closeArray();
                if (empty != null) {
                    return empty;
                }
            } else if (b == '[' && !nested && !missing) {
                window.take(1, 0);
                nested = true;
                first = true;
            } else {
                first = false;
                FileRecord next = b == ',' || b == ']' ? nothing() : element(missing);
                inItsArray();
                return next;
            }
        }
        return null;
    }

    private void inItsArray() {
        if (nested) {
            elementOfArray(false); // the last one does not know it yet
        } else {
            noElement();
        }
    }

    /** Takes the end of an array; an empty one within the array is a record. */
    private FileRecord closeArray() throws IOException {
        if (!nested) {
            end();
            return null;
        }
        long line = window.line();
        window.take(1, 0);
        nested = false;
        boolean empty = first;
        first = false;
        if (empty) {
            noElement();
            return new FileRecord.Row(line, JsonNodeFactory.instance.arrayNode());
        }
        endOfArray();
        return null;
    }

    private FileRecord nothing() {
        return FileRecord.BadRow.of(window.line(), "no element beside the comma", new byte[0], 0, 0);
    }

    private FileRecord element(boolean withoutComma) throws IOException {
        long line = window.line();
        scan.begin();
        int length = 0;
        while (!scan.ended() && length <= maxRecordBytes) {
            length = scanOn(line, length, Math.min(window.available(), maxRecordBytes + 1));
        }
        if (length > maxRecordBytes) {
            return tooLong(line, length);
        }
        int from = window.position();
        byte[] b = window.buffer();
        int to = ElementCut.withoutSpace(b, from, from + length);
        FileRecord element = withoutComma
                ? FileRecord.BadRow.of(line, ElementCut.noComma(text, b, from, to), b, from, to)
                : FileRecord.Unread.of(line, b, from, to, json);
        takeCounting(length);
        return element;
    }

    /** Takes the element to its end without keeping it. */
    private FileRecord tooLong(long line, int length) throws IOException {
        byte[] raw = RecordText.head(window.buffer(), window.position(), window.position() + length);
        boolean isCut = raw.length < length;
        takeCounting(length);
        while (!scan.ended()) {
            int more = scanOn(line, 0, window.available());
            isCut |= more > 0;
            takeCounting(more);
        }
        return new FileRecord.BadRow(line, Problem.tooLong(maxRecordBytes), raw, isCut);
    }

    /** Scans from one index in the window to another, or reads ahead when they are the same; returns how far it got. */
    private int scanOn(long line, int from, int to) throws IOException {
        if (from == to) {
            if (!window.readAhead()) {
                throw new UnreadableFileException(
                        line,
                        bare
                                ? "not JSON: ends in the middle of a value"
                                : "the array is not closed: it ends in this element");
            }
            return from;
        }
        int position = window.position();
        int reached = scan.scan(window.buffer(), position + from, position + to) - position;
        if (scan.tooDeep()) {
            throw new UnreadableFileException(line, "an element is nested more than a million levels deep");
        }
        return reached;
    }

    private void end() throws IOException {
        window.take(1, 0);
        if (skipSpace() >= 0) {
            throw unreadable("text behind the end of the array");
        }
        ended = true;
    }

    /** Takes white space; returns the byte behind it, -1 at the end of the file. */
    private int skipSpace() throws IOException {
        int b = window.at(0);
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            window.take(1, b == '\n' ? 1 : 0);
            b = window.at(0);
        }
        return b;
    }

    private void takeCounting(int bytes) {
        int from = window.position();
        window.take(bytes, ByteSearch.count(window.buffer(), from, from + bytes, (byte) '\n'));
    }

    private UnreadableFileException unreadable(String reason) {
        return new UnreadableFileException(window.line(), reason);
    }
}
