package io.vitallyrelay.source.text;

import java.util.BitSet;

/**
 * Finds where an element of a JSON array ends, without judging whether it is JSON. Made so that a broken element takes
 * as little with it as possible: a closing bracket closes the innermost open one of its kind, whatever was left open
 * within; a bracket that nothing opened is passed over; and a line end ends a text, since no text of JSON contains one.
 */
public final class ElementScan {
    /** Deeper elements are given up: the brackets that are open must be remembered. */
    static final int MAX_DEPTH = 1 << 20;

    private static final boolean[] STRUCTURAL = new boolean[256];

    static {
        for (char c : "{}[],\"\\\n".toCharArray()) {
            STRUCTURAL[c] = true;
        }
    }

    /** Open brackets from the outside to the inside; true for a brace. */
    private final BitSet open = new BitSet();

    private int depth;
    private int braces;
    private boolean inText;
    private boolean escaped;
    private boolean ended;

    public void begin() {
        depth = 0;
        braces = 0;
        inText = false;
        escaped = false;
        ended = false;
    }

    public boolean ended() {
        return ended;
    }

    public boolean tooDeep() {
        return depth >= MAX_DEPTH;
    }

    /** Goes on in {@code [from, to)}; returns the index behind the element when it {@link #ended()} there, else {@code to}. */
    public int scan(byte[] b, int from, int to) {
        int i = from;
        while (i < to && !tooDeep()) {
            byte c = b[i];
            if (escaped) {
                escaped = false;
            } else if (STRUCTURAL[c & 0xFF]) {
                if (inText) {
                    escaped = c == '\\';
                    inText = c != '"' && c != '\n';
                } else if (endsBefore(c)) {
                    ended = true;
                    return i;
                } else if (endsWith(c)) {
                    ended = true;
                    return i + 1;
                }
            }
            i++;
        }
        return i;
    }

    private boolean endsBefore(byte c) {
        return (c == ',' && depth == 0) || (c == ']' && depth == braces);
    }

    private boolean endsWith(byte c) {
        switch (c) {
            case '"' -> inText = true;
            case '{', '[' -> {
                open.set(depth++, c == '{');
                braces += c == '{' ? 1 : 0;
            }
            case '}' -> {
                return braces > 0 && close(open.previousSetBit(depth - 1));
            }
            case ']' -> {
                return close(open.previousClearBit(depth - 1));
            }
            default -> {
                // a line end or a backslash outside of a text: for the parser to judge
            }
        }
        return false;
    }

    /** Closes all from this level on: one bracket of a kind, and above it only such of the other kind. */
    private boolean close(int level) {
        braces -= open.get(level) ? 1 : depth - 1 - level;
        depth = level;
        return depth == 0;
    }
}
