package io.vitallyrelay.spool.local;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.function.Consumer;

/** A block that is to be delivered, with what of it is settled. {@code settled} is guarded by {@link Staging}. */
final class Block {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Key in the store: the order of the spool. */
    final long seq;

    final byte[] bytes;
    final int count;
    final BitSet settled;

    /** @param bytes sealed, and known to be the ones that were written */
    Block(long seq, byte[] bytes, BitSet settled) {
        this.seq = seq;
        this.bytes = bytes;
        this.count = (int) INT.get(bytes, 0);
        this.settled = settled;
    }

    /** Gives each message that is not settled, in order. */
    void forEachPending(Consumer<Dealt> action) {
        int at = BlockWriter.HEADER;
        for (int index = 0; index < count; index++) {
            long unit = (long) LONG.get(bytes, at);
            int type = bytes[at + 8];
            int hash = (int) INT.get(bytes, at + 9);
            int place = at + 15;
            int placeLength = twoBytes(at + 13);
            int behindPlace = place + placeLength;
            int history = type < 0 ? twoBytes(behindPlace) : Dealt.NO_HISTORY;
            int behindHistory = type < 0 ? behindPlace + 2 + history : behindPlace;
            int length = (int) INT.get(bytes, behindHistory);
            int offset = behindHistory + 4;
            at = offset + length;
            if (!settled.get(index)) {
                byte number = (byte) (type & ~BlockWriter.HAS_HISTORY);
                action.accept(new Dealt(this, index, unit, number, hash, place, placeLength, history, offset, length));
            }
        }
        if (at != bytes.length - Sealed.CHECKSUM) {
            throw new IllegalStateException("block " + seq + " does not end where its last message does");
        }
    }

    private int twoBytes(int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    boolean allSettled() {
        return settled.cardinality() == count;
    }
}
