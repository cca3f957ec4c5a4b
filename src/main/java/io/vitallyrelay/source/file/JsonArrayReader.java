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
final class JsonArrayReader extends BufferedRecordReader {
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
    JsonArrayReader(FileBuffer buffer, FileSettings settings, boolean bare) {
        super(buffer);
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
        buffer.take(1, 0);
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
                buffer.take(1, 0);
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
                buffer.take(1, 0);
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
        long line = buffer.line();
        buffer.take(1, 0);
        nested = false;
        boolean empty = first;
        first = false;
        if (empty) {
            noElement();
            return new FileRecord.Read(line, JsonNodeFactory.instance.arrayNode());
        }
        endOfArray();
        return null;
    }

    private FileRecord nothing() {
        return FileRecord.Bad.of(buffer.line(), "no element beside the comma", new byte[0], 0, 0);
    }

    private FileRecord element(boolean withoutComma) throws IOException {
        long line = buffer.line();
        scan.begin();
        int length = 0;
        while (!scan.ended() && length <= maxRecordBytes) {
            length = scanOn(line, length, Math.min(buffer.available(), maxRecordBytes + 1));
        }
        if (length > maxRecordBytes) {
            return tooLong(line, length);
        }
        int from = buffer.position();
        byte[] b = buffer.bytes();
        int to = ElementCut.withoutSpace(b, from, from + length);
        FileRecord element = withoutComma
                ? FileRecord.Bad.of(line, ElementCut.noComma(text, b, from, to), b, from, to)
                : FileRecord.Unread.of(line, b, from, to, json);
        takeCounting(length);
        return element;
    }

    /** Takes the element to its end without keeping it. */
    private FileRecord tooLong(long line, int length) throws IOException {
        byte[] raw = RecordText.head(buffer.bytes(), buffer.position(), buffer.position() + length);
        boolean isCut = raw.length < length;
        takeCounting(length);
        while (!scan.ended()) {
            int more = scanOn(line, 0, buffer.available());
            isCut |= more > 0;
            takeCounting(more);
        }
        return new FileRecord.Bad(line, Problem.tooLong(maxRecordBytes), raw, isCut);
    }

    /** Scans from one index in the buffer to another, or reads ahead when they are the same; returns how far it got. */
    private int scanOn(long line, int from, int to) throws IOException {
        if (from == to) {
            if (!buffer.readAhead()) {
                throw new UnreadableFileException(
                        line,
                        bare
                                ? "not JSON: ends in the middle of a value"
                                : "the array is not closed: it ends in this element");
            }
            return from;
        }
        int position = buffer.position();
        int reached = scan.scan(buffer.bytes(), position + from, position + to) - position;
        if (scan.tooDeep()) {
            throw new UnreadableFileException(line, "an element is nested more than a million levels deep");
        }
        return reached;
    }

    private void end() throws IOException {
        buffer.take(1, 0);
        if (skipSpace() >= 0) {
            throw unreadable("text behind the end of the array");
        }
        ended = true;
    }

    /** Takes white space; returns the byte behind it, -1 at the end of the file. */
    private int skipSpace() throws IOException {
        int b = buffer.at(0);
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            buffer.take(1, b == '\n' ? 1 : 0);
            b = buffer.at(0);
        }
        return b;
    }

    private void takeCounting(int bytes) {
        int from = buffer.position();
        buffer.take(bytes, ByteSearch.count(buffer.bytes(), from, from + bytes, (byte) '\n'));
    }

    private UnreadableFileException unreadable(String reason) {
        return new UnreadableFileException(buffer.line(), reason);
    }
}
