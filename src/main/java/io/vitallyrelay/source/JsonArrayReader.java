package io.vitallyrelay.source;

import java.io.IOException;

/** The elements of one JSON array, each cut out and parsed by itself. */
final class JsonArrayReader extends WindowReader {
    private final ElementScan scan = new ElementScan();
    private final JsonText json;
    private final int maxRecordBytes;
    private boolean first = true;
    private boolean ended;

    JsonArrayReader(ByteWindow window, FileSettings settings) {
        super(window);
        this.json = new JsonText(new RecordText(settings.charset(), "character"));
        this.maxRecordBytes = settings.maxRecordBytes();
    }

    @Override
    void begin() throws IOException {
        super.begin();
        if (skipSpace() != '[') {
            throw unreadable("the file does not begin with [");
        }
        window.take(1, 0);
    }

    @Override
    void resume(Checkpoint from) throws IOException {
        super.resume(from);
        first = false;
    }

    @Override
    FileRecord take() throws IOException {
        if (ended) {
            return null;
        }
        int b = skipSpace();
        if (b == ']') {
            end();
            return null;
        }
        boolean comma = b == ',' && !first;
        if (comma) {
            window.take(1, 0);
            b = skipSpace();
        }
        if (b < 0) {
            throw unreadable("the array is not closed");
        }
        String problem = comma || first ? null : "no comma before the element";
        first = false;
        return b == ',' || b == ']' ? nothing() : element(problem);
    }

    private FileRecord nothing() {
        return RecordText.bad(window.line(), "no element beside the comma", new byte[0], 0, 0);
    }

    private FileRecord element(String problem) throws IOException {
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
        int to = withoutSpace(from, from + length);
        FileRecord element = problem == null
                ? json.unread(line, window.buffer(), from, to)
                : RecordText.bad(line, problem, window.buffer(), from, to);
        takeCounting(length);
        return element;
    }

    /** Takes the element to its end without keeping it. */
    private FileRecord tooLong(long line, int length) throws IOException {
        byte[] raw = RecordText.head(window.buffer(), window.position(), window.position() + length);
        long rawLength = length;
        takeCounting(length);
        while (!scan.ended()) {
            int more = scanOn(line, 0, window.available());
            rawLength += more;
            takeCounting(more);
        }
        return new FileRecord.BadRow(line, RecordText.tooLong(maxRecordBytes), raw, rawLength);
    }

    /** Scans from one index in the window to another, or reads ahead when they are the same; returns how far it got. */
    private int scanOn(long line, int from, int to) throws IOException {
        if (from == to) {
            if (!window.readAhead()) {
                throw new UnreadableFileException(line, "the array is not closed: it ends in this element");
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

    private int withoutSpace(int from, int to) {
        int end = to;
        while (end > from && window.buffer()[end - 1] >= 0 && window.buffer()[end - 1] <= ' ') {
            end--;
        }
        return end;
    }

    private void takeCounting(int bytes) {
        int from = window.position();
        window.take(bytes, ByteSearch.count(window.buffer(), from, from + bytes, (byte) '\n'));
    }

    private UnreadableFileException unreadable(String reason) {
        return new UnreadableFileException(window.line(), reason);
    }
}
