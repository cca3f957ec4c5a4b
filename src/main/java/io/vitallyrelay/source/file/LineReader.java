package io.vitallyrelay.source.file;

import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.file.FileRecord.Bad;
import io.vitallyrelay.source.text.RecordText;
import java.io.IOException;

/** What the two formats share in which a record ends with its line. */
abstract class LineReader extends BufferedRecordReader {
    LineReader(FileBuffer buffer) {
        super(buffer);
    }

    /** Finds out how lines end, before any of them is looked at. */
    final LineEnds lineEnds(int quote) throws IOException {
        buffer.readAhead(LineEnds.LOOKED_AT);
        int from = buffer.position();
        int to = from + Math.min(buffer.available(), LineEnds.LOOKED_AT);
        LineEnds ends = LineEnds.of(buffer.bytes(), from, to, quote);
        if (ends.carriageReturns()) {
            buffer.carriageReturnsEndLines();
        }
        return ends;
    }

    /** Also refuses a file whose last line had no line end when it was taken, and is longer by now. */
    @Override
    void resume(Checkpoint from) throws IOException {
        super.resume(from);
        if (from.element() == 0 && buffer.taken() != '\n' && buffer.at(0) >= 0 && !atLineEnd()) {
            throw new ChangedFileException("the last line taken from the file has been continued");
        }
    }

    /** Makes the line that begins here a bad row, and takes it, however long it is. */
    final Bad takeBadLine(Problem problem) throws IOException {
        long line = buffer.line();
        int length = withoutCarriageReturn(buffer.lineLength(Bad.RAW_LIMIT + 1));
        int from = buffer.position();
        byte[] raw = RecordText.head(buffer.bytes(), from, from + length);
        buffer.skipLine();
        return new Bad(line, problem, raw, raw.length < length);
    }

    /** The length of a line without the {@code \r} of its line end. */
    final int withoutCarriageReturn(int length) {
        boolean windows = length > 0 && buffer.bytes()[buffer.position() + length - 1] == '\r';
        return windows ? length - 1 : length;
    }

    private boolean atLineEnd() throws IOException {
        return buffer.at(0) == '\n' || (buffer.at(0) == '\r' && buffer.at(1) == '\n');
    }
}
