package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.UnitCounts;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** One unit with its counts and the place its source goes on from. Guarded by the lock of {@link Staging}. */
final class Unit {
    /**
     * Stands where stores of before have the length of the integration's name, which never is that long: from here on all
     * lengths have four bytes, because a resume point is as long as the values of its table are.
     */
    private static final int WIDE = 0xffff;

    final long id;
    final String integration;
    final String name;
    Counts counts = Counts.NONE;
    ResumePoint resumeAt;
    /** Whose appends alone are taken; null where anybody's are. Not stored. */
    Object owner;
    /** When the source was through with it, in epoch milliseconds; 0 while it is not. */
    long finishedAt;

    Unit(long id, String integration, String name) {
        this(id, integration, name, ResumePoint.NONE);
    }

    private Unit(long id, String integration, String name, ResumePoint resumeAt) {
        this.id = id;
        this.integration = integration;
        this.name = name;
        this.resumeAt = resumeAt;
    }

    UnitCounts shown() {
        return new UnitCounts(integration, name, counts, resumeAt.encode(), finishedAt != 0);
    }

    /** Takes over the counts of a unit that is rolled up. */
    void absorb(Unit other) {
        counts = counts.plus(other.counts);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(WIDE);
            StoredText.write(out, integration);
            StoredText.write(out, name);
            out.writeLong(counts.read());
            out.writeLong(counts.delivered());
            out.writeLong(counts.dead());
            out.writeLong(counts.skipped());
            StoredText.write(out, resumeAt.encode());
            out.writeLong(finishedAt);
            out.writeLong(counts.discarded());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** @param in supports {@link DataInputStream#mark} */
    static Unit decode(long id, DataInputStream in) throws IOException {
        in.mark(Short.BYTES);
        if (in.readUnsignedShort() == WIDE) {
            return decode(id, in, StoredText::read);
        }
        in.reset();
        return decode(id, in, DataInput::readUTF);
    }

    private interface TextReader {
        String read(DataInputStream in) throws IOException;
    }

    private static Unit decode(long id, DataInputStream in, TextReader texts) throws IOException {
        Unit unit = new Unit(id, texts.read(in), texts.read(in));
        Counts counts = new Counts(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        String place = texts.read(in);
        unit.resumeAt = () -> place;
        unit.finishedAt = in.readLong();
        // up to format 2 nothing was discarded
        unit.counts = in.available() == 0 ? counts : counts.plus(new Counts(0, 0, 0, in.readLong(), 0));
        return unit;
    }
}
