package io.vitallyrelay.spool.local;

/** The hash of an entity that decides its lane. It is stored, so it must never change. */
final class LaneHash {
    private LaneHash() {}

    /** {@link String#hashCode} (fixed by its specification), with the bits mixed so that few lanes spread well. */
    static int of(String entity) {
        int h = entity.hashCode();
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    static int lane(int hash, int lanes) {
        return Math.floorMod(hash, lanes);
    }
}
