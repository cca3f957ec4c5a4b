package io.vitallyrelay.spool.local;

import java.nio.ByteBuffer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.LongDataType;

/** Ids under numbers, in order. How many there are is known without walking over them. Thread-safe as the map is. */
final class IdIndex {
    private static final Long NOTHING = 0L;

    private final MVMap<Place, Long> places;

    private record Place(long number, long id) {}

    IdIndex(MVStore store, String name) {
        places = store.openMap(
                name, new MVMap.Builder<Place, Long>().keyType(new PlaceType()).valueType(LongDataType.INSTANCE));
    }

    void add(long number, long id) {
        places.put(new Place(number, id), NOTHING);
    }

    /** @return whether it was there */
    boolean remove(long number, long id) {
        return places.remove(new Place(number, id)) != null;
    }

    /** The next id of the number above {@code after}, or -1. */
    long next(long number, long after) {
        Place next = places.higherKey(new Place(number, after));
        return next == null || next.number != number ? -1 : next.id;
    }

    /** How many ids of the number are in {@code [from, to)}. */
    long count(long number, long from, long to) {
        return Math.max(0, before(number, to) - before(number, from));
    }

    private long before(long number, long id) {
        return before(places, new Place(number, id));
    }

    /** How many keys of the map are below that one. */
    static <K> long before(MVMap<K, ?> map, K key) {
        long index = map.getKeyIndex(key);
        return index >= 0 ? index : -index - 1;
    }

    private static final class PlaceType extends BasicDataType<Place> {
        private static final int MEMORY = 32;

        @Override
        public int compare(Place a, Place b) {
            int compared = Long.compare(a.number, b.number);
            return compared == 0 ? Long.compare(a.id, b.id) : compared;
        }

        @Override
        public int getMemory(Place place) {
            return MEMORY;
        }

        @Override
        public void write(WriteBuffer out, Place place) {
            out.putLong(place.number).putLong(place.id);
        }

        @Override
        public Place read(ByteBuffer in) {
            return new Place(in.getLong(), in.getLong());
        }

        @Override
        public Place[] createStorage(int size) {
            return new Place[size];
        }
    }
}
