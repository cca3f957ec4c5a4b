package io.vitallyrelay.source.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The elements of a JSON array, each cut out by itself, so that a broken one does not take its neighbours with it. Each is to be
 * a record of its own. Not thread-safe.
 */
public final class Elements implements Iterator<Elements.Element> {
    private final byte[] json;
    private final ElementCut cut;
    private boolean ended;
    private long number;

    /**
     * An element, or a piece of the array that should have been one.
     *
     * @param number counted from 1
     * @param json its text without the white space around it
     * @param problem why it cannot be one, in plain words; null where that shows when it is read
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    public record Element(long number, byte[] json, String problem) {
        /** @throws NotJsonException when it is not exactly one JSON value */
        public JsonNode parse() throws NotJsonException {
            if (problem != null) {
                throw new NotJsonException(problem);
            }
            return JsonText.parse(json);
        }

        /** Where it stands, as {@code line 7, element 51}. */
        public String position(String ofTheArray) {
            return ofTheArray + ", element " + number;
        }
    }

    /** @param array a text that {@link #areIn} says yes to */
    public Elements(byte[] array) {
        this.json = array;
        this.cut = new ElementCut(new RecordText(StandardCharsets.UTF_8, "character"));
        cut.begin(array, 0, array.length);
    }

    /** Whether a text begins as an array that is not empty. An empty one is a value as any other. */
    public static boolean areIn(byte[] json) {
        return ElementCut.opens(json, 0, json.length);
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Element next() {
        if (ended) {
            throw new NoSuchElementException("the array has ended");
        }
        cut.next(json);
        ended = cut.isLast(json);
        number++;
        return new Element(number, Arrays.copyOfRange(json, cut.from(), cut.to()), cut.problem());
    }
}
