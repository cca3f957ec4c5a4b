package io.vitallyrelay.message;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Goes through a JSON text and takes what is plain: what is right, and written as the relay itself would write it but for white
 * space and nulls that are left out. To be used again and again by one thread.
 */
class PlainJson {
    private static final int MAX_KEY_BYTES = 256;
    private static final int MAX_KEYS = 64;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_INTEGER_DIGITS = 18;
    private static final int MAX_DECIMALS = 18;

    private static final byte[] NAME_KEY = "\"name\"".getBytes(UTF_8);

    /** What free content was taken. */
    final JsonBytes content = new JsonBytes();

    byte[] in;
    int at;
    int end;
    /** Where the free content begins that is not copied yet. */
    private int run;

    private boolean omitsNulls;
    private boolean named;
    private int nullsLeftOut;
    /** The hashes of the keys of the objects around the place looked at. */
    private final int[][] keys = new int[MAX_DEPTH + 1][MAX_KEYS];

    /** @param json valid UTF-8 */
    final void start(byte[] json, NullPolicy nulls) {
        in = json;
        at = 0;
        end = json.length;
        omitsNulls = nulls == NullPolicy.OMIT;
        named = false;
        nullsLeftOut = 0;
        content.clear();
    }

    /** Whether an object taken as free content has a name that is neither null nor, as far as can be told here, blank. */
    final boolean isNamed() {
        return named;
    }

    final int nullsLeftOut() {
        return nullsLeftOut;
    }

    /** Takes an object into the content; false when it is not plain. */
    final boolean freeObject() {
        run = at;
        boolean taken = next() == '{' && object(1);
        leaveOut(at, at);
        return taken;
    }

    private boolean content(int depth) {
        switch (nextOfContent()) {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return literal("true");
            case 'f':
                return literal("false");
            case 'n':
                return literal("null");
            default:
                return number();
        }
    }

    private boolean object(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        at++;
        if (skipOfContent('}')) {
            return true;
        }
        boolean first = true;
        int member = at; // with the comma before it
        for (int count = 0; ; count++) {
            int sizeBefore = content.size();
            int runBefore = run;
            if (nextOfContent() != '"' || count == MAX_KEYS) {
                return false;
            }
            int key = at;
            if (!key(keys[depth], count)) {
                return false;
            }
            boolean isName = depth == 1 && at - key == NAME_KEY.length && standsAt(key, NAME_KEY);
            if (!skipOfContent(':')) {
                return false;
            }
            boolean isNull = nextOfContent() == 'n';
            int value = at;
            if (!content(depth + 1)) {
                return false;
            }
            named |= isName && !isNull && (in[value] != '"' || hasLetter(value + 1, at - 1));
            if (isNull && omitsNulls) {
                nullsLeftOut++;
                content.cut(sizeBefore);
                run = runBefore;
                leaveOut(member, at);
            } else {
                first = false;
            }
            if (nextOfContent() != ',') {
                return skip('}');
            }
            if (first) {
                leaveOut(at, at + 1);
                member = at + 1;
            } else {
                member = at;
            }
            at++;
        }
    }

    private boolean array(int depth) {
        if (depth > MAX_DEPTH) {
            return false;
        }
        at++;
        if (skipOfContent(']')) {
            return true;
        }
        while (content(depth + 1)) {
            if (!skipOfContent(',')) {
                return skip(']');
            }
        }
        return false;
    }

    /** Like {@link #next}, and leaves the white space out. */
    private int nextOfContent() {
        if (at < end && in[at] > ' ') {
            return in[at];
        }
        int gap = at;
        int c = next();
        leaveOut(gap, at);
        return c;
    }

    private boolean skipOfContent(char c) {
        boolean there = nextOfContent() == c;
        if (there) {
            at++;
        }
        return there;
    }

    /** Copies the run up to a gap; the next one begins behind the gap. */
    private void leaveOut(int gap, int behind) {
        content.bytes(in, run, gap);
        run = behind;
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
        return true;
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
        if (!integer()) {
            return false;
        }
        if (at < end && in[at] == '.') {
            at++;
            int decimals = digits();
            return decimals > 0 && decimals <= MAX_DECIMALS;
        }
        return true;
    }

    /** Digits that are written as they stand: no zero in front, and no sign before a zero. */
    final boolean integer() {
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

    final boolean literal(String text) {
        for (int i = 0; i < text.length(); i++, at++) {
            if (at == end || in[at] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Skips white space and tells the byte behind it, or -1 at the end. */
    final int next() {
        for (; at < end; at++) {
            byte c = in[at];
            if (c > ' ' || (c != ' ' && c != '\t' && c != '\r' && c != '\n')) {
                return c & 0xFF;
            }
        }
        return -1;
    }

    /** Takes the character if it is the next behind white space. */
    final boolean skip(char c) {
        boolean there = next() == c;
        if (there) {
            at++;
        }
        return there;
    }

    /** A text without escapes that holds more than what nobody sees. */
    final boolean idText() {
        byte[] bytes = in;
        int first = at + 1;
        int i = first;
        while (i < end && bytes[i] != '"') {
            byte c = bytes[i++];
            if (c == '\\' || (c >= 0 && c < ' ')) {
                return false;
            }
        }
        at = i + 1;
        return i < end && hasLetter(first, i);
    }

    private boolean hasLetter(int from, int to) {
        for (int i = from; i < to; i++) {
            // what an escape means is for the tree to see
            if (in[i] == '\\') {
                return false;
            }
            if (!isMaybeUnseen(in[i])) {
                return true;
            }
        }
        return false;
    }

    /** A character that is not ASCII may be white space too. */
    private static boolean isMaybeUnseen(byte c) {
        return c <= ' ' || c == 0x7F;
    }

    // names are too short for Arrays.equals to pay
    final boolean standsAt(int place, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (in[place + i] != name[i]) {
                return false;
            }
        }
        return true;
    }
}
