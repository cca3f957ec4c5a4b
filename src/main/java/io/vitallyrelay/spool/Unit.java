package io.vitallyrelay.spool;

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
    long read;
    long delivered;
    long dead;
    long skipped;
    ResumePoint resumeAt;
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

    long pending() {
        return read - delivered - dead;
    }

    UnitCounts counts() {
        return new UnitCounts(integration, name, read, delivered, dead, skipped, resumeAt.encode(), finishedAt != 0);
    }

    /** Takes over the counts of a unit that is rolled up. */
    void absorb(Unit other) {
        read += other.read;
        delivered += other.delivered;
        dead += other.dead;
        skipped += other.skipped;
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(WIDE);
            StoredText.write(out, integration);
            StoredText.write(out, name);
            out.writeLong(read);
            out.writeLong(delivered);
            out.writeLong(dead);
            out.writeLong(skipped);
            StoredText.write(out, resumeAt.encode());
            out.writeLong(finishedAt);
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
        unit.read = in.readLong();
        unit.delivered = in.readLong();
        unit.dead = in.readLong();
        unit.skipped = in.readLong();
        String place = texts.read(in);
        unit.resumeAt = () -> place;
        unit.finishedAt = in.readLong();
        return unit;
    }
}
