package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;

/**
 * The short way of the contract: looks at the text of a message and takes what is right as it stands there, with no tree in
 * between. That is most of what ready-made messages consist of. Whatever is wrong or only unusual (an escape in an id, an
 * exponent, a key that may stand twice) it leaves to {@link Contract#admit}, which tells what is wrong; a test holds that both
 * make the same of what this takes. To be used again and again by one thread.
 */
final class PlainMessage extends PlainJson {
    /** What no text but an unusual one reaches, so that nothing here has to be counted in characters. */
    private static final int MAX_TEXT_BYTES = Ids.MAX_CHARS;

    private static final Field[] FIELDS = Field.values();
    private static final byte[][] NAMES =
            Arrays.stream(FIELDS).map(field -> field.wireName.getBytes(UTF_8)).toArray(byte[][]::new);

    /** Whether a field is one of {@link Field#IDS}, by its ordinal: this is asked for each of a message. */
    private static final boolean[] IS_ID = new boolean[FIELDS.length];

    static {
        Field.IDS.forEach(field -> IS_ID[field.ordinal()] = true);
    }

    /** Where texts and the digits of numbers begin and end in the input; a field that is absent or null has no end. */
    private final int[] from = new int[FIELDS.length];

    private final int[] to = new int[FIELDS.length];
    private final boolean[] isText = new boolean[FIELDS.length];

    /**
     * Reads a message.
     *
     * @param json valid UTF-8
     * @return false when it has to be looked at as a tree
     */
    boolean read(byte[] json, NullPolicy nulls) {
        start(json, nulls);
        Arrays.fill(to, 0);
        return fields() && next() < 0;
    }

    boolean has(Field field) {
        return to[field.ordinal()] > 0;
    }

    /** A text, or the digits of a number; null where the field is absent. */
    String text(Field field) {
        int i = field.ordinal();
        return to[i] == 0 ? null : new String(in, from[i], to[i] - from[i], UTF_8);
    }

    /** Whether the value of a field that is there is of the kind that it must be. */
    boolean isRight(Field field) {
        return switch (field.kind) {
            case UUID -> Ids.isUuid(text(field));
            case TEXT -> isText[field.ordinal()];
            default -> true;
        };
    }

    /** Writes the value of a field that is there. */
    void write(Field field, JsonBytes out) {
        int i = field.ordinal();
        if (field.kind == Field.Kind.OBJECT) {
            out.bytes(content.array(), from[i], to[i]);
        } else {
            out.ascii('"');
            out.bytes(in, from[i], to[i]);
            out.ascii('"');
        }
    }

    /** The canonical timestamp, or null where the field is absent. */
    String timestamp() throws ContractException {
        int i = Field.TIMESTAMP.ordinal();
        String text = text(Field.TIMESTAMP);
        if (text == null || Timestamps.isCanonical(in, from[i], to[i])) {
            return text;
        }
        return Timestamps.canonical(isText[i] ? TextNode.valueOf(text) : LongNode.valueOf(Long.parseLong(text)));
    }

    private boolean fields() {
        if (next() != '{') {
            return false;
        }
        at++;
        int seen = 0;
        do {
            Field field = name();
            if (field == null || (seen & 1 << field.ordinal()) != 0 || !value(field)) {
                return false;
            }
            seen |= 1 << field.ordinal();
        } while (skip(','));
        return skip('}');
    }

    /** Takes a name and its colon; null when it is none of a message. */
    private Field name() {
        if (!skip('"')) {
            return null;
        }
        int start = at;
        int quote = start;
        while (quote < end && in[quote] != '"') {
            quote++;
        }
        at = quote + 1;
        for (int i = 0; i < NAMES.length; i++) {
            if (NAMES[i].length == quote - start && standsAt(start, NAMES[i])) {
                return skip(':') ? FIELDS[i] : null;
            }
        }
        return null;
    }

    private boolean value(Field field) {
        int i = field.ordinal();
        int c = next();
        if (c == 'n') {
            return literal("null");
        }
        if (field.kind == Field.Kind.OBJECT) {
            from[i] = content.size();
            boolean taken = freeObject();
            to[i] = content.size();
            return taken;
        }
        isText[i] = c == '"';
        from[i] = isText[i] ? at + 1 : at;
        if (!(isText[i] ? idText() : integer())) {
            return false;
        }
        to[i] = isText[i] ? at - 1 : at;
        boolean unusual = IS_ID[i] && UnlikelyIds.maybe(in, from[i], to[i]);
        return !unusual && to[i] - from[i] <= MAX_TEXT_BYTES;
    }
}
