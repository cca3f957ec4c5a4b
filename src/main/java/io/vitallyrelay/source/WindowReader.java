package io.vitallyrelay.source;

import java.io.IOException;

/** A reader that takes its records out of a {@link ByteWindow}, and knows where the last one ended. */
abstract class WindowReader implements RecordReader {
    final ByteWindow window;
    private long records;

    WindowReader(ByteWindow window) {
        this.window = window;
    }

    /** Takes the next record out of the window; null at the end. */
    abstract FileRecord take() throws IOException;

    @Override
    public final FileRecord next() throws IOException {
        FileRecord next = take();
        if (next != null) {
            records++;
            window.mark();
        }
        return next;
    }

    @Override
    public final Checkpoint checkpoint() {
        return window.marked(records);
    }

    @Override
    public final void close() throws IOException {
        window.close();
    }

    /** Reads what stands before the first record. Called once, before {@link #next()} and {@link #resume}. */
    void begin() throws IOException {
        skipByteOrderMark();
    }

    /** Goes on behind a checkpoint with at least one record. */
    void resume(Checkpoint from) throws IOException {
        window.skipTo(from);
        records = from.records();
    }

    private void skipByteOrderMark() throws IOException {
        if (window.at(0) == 0xEF && window.at(1) == 0xBB && window.at(2) == 0xBF) {
            window.take(3, 0);
        }
    }
}
