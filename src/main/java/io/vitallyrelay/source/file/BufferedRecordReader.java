package io.vitallyrelay.source.file;

import java.io.IOException;

/** A reader that takes its records out of a {@link FileBuffer}, and knows where the last one ended. */
abstract class BufferedRecordReader implements RecordReader {
    final FileBuffer buffer;
    /** Records before this place; an array counts when it has ended. */
    private long records;

    /** The number of what was returned last among the elements of its array; 0 where it stands in none. */
    private long element;

    /** Whether that array goes on. */
    private boolean inArray;

    private long line;

    BufferedRecordReader(FileBuffer buffer) {
        this.buffer = buffer;
    }

    /** Takes the next record out of the buffer; null at the end. */
    abstract FileRecord take() throws IOException;

    @Override
    public final FileRecord next() throws IOException {
        FileRecord next = take();
        if (next != null) {
            records += inArray ? 0 : 1;
            line = next.line();
            buffer.done();
        }
        return next;
    }

    /** What is returned next is another element of an array, the last of it or not. */
    final void elementOfArray(boolean last) {
        element = inArray ? element + 1 : 1;
        inArray = !last;
    }

    /** What is returned next is a record by itself. */
    final void noElement() {
        element = 0;
        inArray = false;
    }

    /** The array ends here, behind what was returned last. */
    final void endOfArray() {
        records++;
        noElement();
        buffer.done();
    }

    final boolean isInArray() {
        return inArray;
    }

    /** The records up to the one returned last, itself included. */
    final long number() {
        return inArray ? records + 1 : records;
    }

    /** Where the record returned last stands, an element of an array within its record. */
    String place() {
        return "line " + line;
    }

    @Override
    public final String position() {
        return element == 0 ? place() : place() + ", element " + element;
    }

    @Override
    public final Checkpoint checkpoint() {
        return buffer.checkpoint(records, inArray ? element : 0);
    }

    @Override
    public final void close() throws IOException {
        buffer.close();
    }

    /** Reads what stands before the first record. Called once, before {@link #next()} and {@link #resume}. */
    void begin() throws IOException {
        skipByteOrderMark();
    }

    /** Goes on behind a checkpoint with at least one record. */
    void resume(Checkpoint from) throws IOException {
        buffer.skipTo(from);
        records = from.records();
        element = from.element();
        inArray = element > 0;
    }

    private void skipByteOrderMark() throws IOException {
        if (buffer.beginsWithByteOrderMark()) {
            buffer.take(FileBuffer.BYTE_ORDER_MARK, 0);
        }
    }
}
