package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.source.Problem;
import io.vitallyrelay.source.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A row as it was read.
 *
 * @param position its key, or its place in the order of the watermark, for people
 * @param body its columns; of a row that could not be read as a whole, those that could
 * @param problem why it cannot be read, or null
 * @param isCut whether columns are missing
 * @param size characters of its values
 * @param watermark its values of the columns of the watermark, null where it has none or they cannot be read; then, once its page is
 *     known, the place behind it, or null where the reading cannot go on behind it alone; empty where rows are marked
 * @param over when no more rows come with what begins its watermark; null where that is no time
 * @param marks the values that its mark is bound to; empty without one, null where they cannot be read
 * @param open whether no row is known from behind its day, or from behind the hour that comes twice: rows with a lower place may
 *     come, even if by the clock it is over
 */
record Row(
        String position,
        ObjectNode body,
        Problem problem,
        boolean isCut,
        int size,
        List<Object> watermark,
        Instant over,
        List<Bound> marks,
        boolean open) {

    /** A value of a column, to be given to a statement. */
    interface Bound {
        void bind(PreparedStatement statement, int index) throws SQLException;
    }

    byte[] raw() {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The same for the same place and content, and for no others. */
    long fingerprint() {
        MessageDigest digest = Sha256.digest();
        digest.update(position.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return ByteBuffer.wrap(digest.digest(raw())).getLong();
    }

    Row before(List<Object> behind, boolean isOpen) {
        return new Row(position, body, problem, isCut, size, behind, over, marks, isOpen);
    }

    /** One of several rows that are the same in everything. */
    Row numbered(int number) {
        return new Row(position + ", number " + number, body, problem, isCut, size, watermark, over, marks, open);
    }
}
