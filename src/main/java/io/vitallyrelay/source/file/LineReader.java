package io.vitallyrelay.source.file;

import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.file.FileRecord.BadRow;
import io.vitallyrelay.source.text.RecordText;
import java.io.IOException;

/** What the two formats share in which a record ends with its line. */
abstract class LineReader extends WindowReader {
    LineReader(ByteWindow window) {
        super(window);
    }

    /** Finds out how lines end, before any of them is looked at. */
    final LineEnds lineEnds(int quote) throws IOException {
        window.readAhead(LineEnds.LOOKED_AT);
        int from = window.position();
        int to = from + Math.min(window.available(), LineEnds.LOOKED_AT);
        LineEnds ends = LineEnds.of(window.buffer(), from, to, quote);
        if (ends.carriageReturns()) {
            window.carriageReturnsEndLines();
        }
        return ends;
    }

    /** Also refuses a file whose last line had no line end when it was taken, and is longer by now. */
    @Override
    void resume(Checkpoint from) throws IOException {
        super.resume(from);
        if (from.element() == 0 && window.taken() != '\n' && window.at(0) >= 0 && !atLineEnd()) {
            throw new ChangedFileException("the last line taken from the file has been continued");
        }
    }

    /** Makes the line that begins here a bad row, and takes it, however long it is. */
    final BadRow takeBadLine(Problem problem) throws IOException {
        long line = window.line();
        int length = withoutCarriageReturn(window.lineLength(BadRow.RAW_LIMIT + 1));
        int from = window.position();
        byte[] raw = RecordText.head(window.buffer(), from, from + length);
        window.skipLine();
        return new BadRow(line, problem, raw, raw.length < length);
    }

    /** The length of a line without the {@code \r} of its line end. */
    final int withoutCarriageReturn(int length) {
        boolean windows = length > 0 && window.buffer()[window.position() + length - 1] == '\r';
        return windows ? length - 1 : length;
    }

    private boolean atLineEnd() throws IOException {
        return window.at(0) == '\n' || (window.at(0) == '\r' && window.at(1) == '\n');
    }
}
