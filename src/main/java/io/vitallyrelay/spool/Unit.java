package io.vitallyrelay.spool;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** One unit with its counts and the place its source goes on from. Guarded by the lock of {@link Staging}. */
final class Unit {
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
            out.writeUTF(integration);
            out.writeUTF(name);
            out.writeLong(read);
            out.writeLong(delivered);
            out.writeLong(dead);
            out.writeLong(skipped);
            out.writeUTF(resumeAt.encode());
            out.writeLong(finishedAt);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static Unit decode(long id, DataInputStream in) throws IOException {
        Unit unit = new Unit(id, in.readUTF(), in.readUTF());
        unit.read = in.readLong();
        unit.delivered = in.readLong();
        unit.dead = in.readLong();
        unit.skipped = in.readLong();
        String place = in.readUTF();
        unit.resumeAt = () -> place;
        unit.finishedAt = in.readLong();
        return unit;
    }
}
