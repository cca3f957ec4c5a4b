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
final class PlainMessage {
    /** What no text but an unusual one reaches, so that nothing here has to be counted in characters. */
    private static final int MAX_TEXT_BYTES = Ids.MAX_CHARS;

    private static final int MAX_KEY_BYTES = 256;
    private static final int MAX_KEYS = 64;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_INTEGER_DIGITS = 18;
    private static final int MAX_DECIMALS = 18;

    private static final byte[] NAME_KEY = "\"name\"".getBytes(UTF_8);

    private static final Field[] FIELDS = Field.values();
    private static final byte[][] NAMES =
            Arrays.stream(FIELDS).map(field -> field.wireName.getBytes(UTF_8)).toArray(byte[][]::new);

    /** Where texts and the digits of numbers begin and end in the input; a field that is absent or null has no end. */
    private final int[] from = new int[FIELDS.length];

    private final int[] to = new int[FIELDS.length];
    private final boolean[] isText = new boolean[FIELDS.length];
    /** The hashes of the keys of the objects around the place looked at. */
    private final int[][] keys = new int[MAX_DEPTH + 1][MAX_KEYS];

    private final JsonBytes content = new JsonBytes();
    private byte[] in;
    private int at;
    private int end;
    private boolean omitsNulls;
    private boolean named;

    /**
     * Reads a message.
     *
     * @param json valid UTF-8
     * @return false when it has to be looked at as a tree
     */
    boolean read(byte[] json, NullPolicy nulls) {
        in = json;
        at = 0;
        end = json.length;
        omitsNulls = nulls == NullPolicy.OMIT;
        named = false;
        content.clear();
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

    /** Whether traits have a name that is not null. */
    boolean isNamed() {
        return named;
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
    String timestamp() throws RefusedException {
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

    // names are too short for Arrays.equals to pay
    private boolean standsAt(int place, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (in[place + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean value(Field field) {
        int i = field.ordinal();
        int c = next();
        if (c == 'n') {
            return literal("null");
        }
        if (field.kind == Field.Kind.OBJECT) {
            from[i] = content.size();
            boolean taken = c == '{' && object(1);
            to[i] = content.size();
            return taken;
        }
        isText[i] = c == '"';
        from[i] = isText[i] ? at + 1 : at;
        if (!(isText[i] ? idText() : integer())) {
            return false;
        }
        to[i] = isText[i] ? at - 1 : at;
        return to[i] - from[i] <= MAX_TEXT_BYTES;
    }

    /** A text without escapes that holds more than white space. */
    private boolean idText() {
        boolean blank = true;
        for (at++; at < end; at++) {
            byte c = in[at];
            if (c == '"') {
                at++;
                return !blank;
            }
            if (c == '\\' || (c >= 0 && c < ' ')) {
                return false;
            }
            blank &= c <= ' '; // a character that is not ASCII may be white space too
        }
        return false;
    }

    // ---- free content

    private boolean content(int depth) {
        switch (next()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                int start = at;
                return string() && copy(start);
            case 't':
                return literal("true") && copy(at - 4);
            case 'f':
                return literal("false") && copy(at - 5);
            case 'n':
                return literal("null") && copy(at - 4);
            default:
                return number();
        }
    }

    private boolean object(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        at++;
        content.ascii('{');
        if (skip('}')) {
            content.ascii('}');
            return true;
        }
        int count = 0;
        boolean first = true;
        do {
            int before = content.size();
            if (!first) {
                content.ascii(',');
            }
            if (next() != '"' || count == MAX_KEYS || !key(keys[depth], count)) {
                return false;
            }
            count++;
            boolean isName = depth == 1 && content.endsWith(NAME_KEY);
            if (!skip(':')) {
                return false;
            }
            content.ascii(':');
            boolean isNull = next() == 'n';
            if (!content(depth + 1)) {
                return false;
            }
            named |= isName && !isNull;
            if (isNull && omitsNulls) {
                content.cut(before);
            } else {
                first = false;
            }
        } while (skip(','));
        content.ascii('}');
        return skip('}');
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        at++;
        content.ascii('[');
        if (skip(']')) {
            content.ascii(']');
            return true;
        }
        while (content(depth + 1)) {
            if (!skip(',')) {
                content.ascii(']');
                return skip(']');
            }
            content.ascii(',');
        }
        return false;
    }

    /** Takes a key, unless its hash is that of one before it in the same object. */
    private boolean key(int[] hashes, int count) {
        int start = at;
        int hash = 0;
        for (at++; at < end && in[at] != '"'; at++) {
            byte c = in[at];
            if (c == '\\' || (c >= 0 && c < ' ')) {
                return false;
            }
            hash = 31 * hash + c;
        }
        if (at == end || at - start > MAX_KEY_BYTES) {
            return false;
        }
        at++;
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash) {
                return false;
            }
        }
        hashes[count] = hash;
        return copy(start);
    }

    /** A text with no other escapes than those that it is written with. */
    private boolean string() {
        for (at++; at < end; at++) {
            byte c = in[at];
            if (c == '"') {
                at++;
                return true;
            }
            if (c == '\\') {
                at++;
                if (at == end || "\"\\nrt".indexOf(in[at]) < 0) {
                    return false;
                }
            } else if (c >= 0 && c < ' ') {
                return false;
            }
        }
        return false;
    }

    /** A number that is written as it stands: an exponent behind it is no end of a value. */
    private boolean number() {
        int start = at;
        if (!integer()) {
            return false;
        }
        if (at < end && in[at] == '.') {
            at++;
            int decimals = digits();
            if (decimals == 0 || decimals > MAX_DECIMALS) {
                return false;
            }
        }
        return copy(start);
    }

    // ---- both

    /** Digits that are written as they stand: no zero in front, and no sign before a zero. */
    private boolean integer() {
        boolean negative = at < end && in[at] == '-';
        if (negative) {
            at++;
        }
        int start = at;
        int digits = digits();
        return digits > 0 && digits <= MAX_INTEGER_DIGITS && (in[start] != '0' || (digits == 1 && !negative));
    }

    private int digits() {
        int start = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        return at - start;
    }

    private boolean literal(String text) {
        for (int i = 0; i < text.length(); i++, at++) {
            if (at == end || in[at] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Skips white space and tells the byte behind it, or -1 at the end. */
    private int next() {
        for (; at < end; at++) {
            byte c = in[at];
            if (c > ' ' || (c != ' ' && c != '\t' && c != '\r' && c != '\n')) {
                return c & 0xFF;
            }
        }
        return -1;
    }

    /** Takes the character if it is the next behind white space. */
    private boolean skip(char c) {
        boolean there = next() == c;
        if (there) {
            at++;
        }
        return there;
    }

    private boolean copy(int start) {
        content.bytes(in, start, at);
        return true;
    }
}
