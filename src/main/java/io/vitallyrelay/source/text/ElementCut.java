package io.vitallyrelay.source.text;

/**
 * Cuts the elements out of a JSON array that lies in memory. Whatever stands in it belongs to one of the pieces: nothing is
 * passed over but the commas, and the white space between them.
 */
public final class ElementCut {
    private final RecordText text;
    private final ElementScan scan = new ElementScan();
    private int at;
    private int end;
    private boolean first;
    private boolean open;

    private int from;
    private int to;
    private String problem;

    public ElementCut(RecordText text) {
        this.text = text;
    }

    /** Whether an array with something in it begins in {@code [from, to)}. */
    public static boolean opens(byte[] b, int from, int to) {
        int bracket = skipSpace(b, from, to);
        if (bracket == to || b[bracket] != '[') {
            return false;
        }
        int element = skipSpace(b, bracket + 1, to);
        return element < to && b[element] != ']';
    }

    /** Begins with an array that {@link #opens} in {@code [from, to)}. */
    public void begin(byte[] b, int from, int to) {
        at = skipSpace(b, from, to) + 1;
        end = to;
        first = true;
    }

    /** Goes on behind an element that was not the last, in {@code [from, to)}. */
    public void goOn(int from, int to) {
        at = from;
        end = to;
        first = false;
    }

    /** Finds the next piece. There is one until one {@link #isLast}. */
    public void next(byte[] b) {
        int begin = skipSpace(b, at, end);
        boolean comma = !first && begin < end && b[begin] == ',';
        int element = comma ? skipSpace(b, begin + 1, end) : begin;
        boolean missing = !comma && !first;
        first = false;
        open = false;
        if (element == end) {
            open = true;
            piece(begin, end, "the array is not closed");
        } else if (missing && b[element] == ']') {
            open = true;
            piece(skipSpace(b, element + 1, end), end, "more than one JSON value: text behind the end of the array");
        } else if (b[element] == ',' || b[element] == ']') {
            piece(element, element, "no element beside the comma");
        } else {
            scan.begin();
            int reached = scan.scan(b, element, end);
            open = !scan.ended();
            piece(element, open ? end : reached, open ? "the array is not closed: it ends in this element" : null);
            problem = missing ? noComma(text, b, from, to) : problem;
        }
        to = withoutSpace(b, from, to);
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    /** Where the array goes on behind the piece. */
    public int behind() {
        return at;
    }

    /** Why the piece cannot be an element; null where that shows when it is read. */
    public String problem() {
        return problem;
    }

    /** Whether nothing but the end of the array follows. */
    public boolean isLast(byte[] b) {
        int close = skipSpace(b, at, end);
        return close == end ? open : b[close] == ']' && skipSpace(b, close + 1, end) == end;
    }

    private void piece(int begin, int behind, String why) {
        from = begin;
        to = behind;
        at = behind;
        problem = why;
    }

    /** What is wrong with a piece where a comma should stand: a character that nobody sees says more than that. */
    public static String noComma(RecordText text, byte[] b, int from, int to) {
        String unreadable = text.problem(b, from, to);
        if (unreadable != null) {
            return unreadable;
        }
        return b[from] >= 0 && b[from] < ' '
                ? String.format("contains a control character (U+%04X)", b[from]) + text.at(b, from, from)
                : "no comma before the element";
    }

    /** The first index that is not white space, as JSON knows it. */
    public static int skipSpace(byte[] b, int from, int to) {
        int i = from;
        while (i < to && isSpace(b[i])) {
            i++;
        }
        return i;
    }

    public static int withoutSpace(byte[] b, int from, int to) {
        int end = to;
        while (end > from && isSpace(b[end - 1])) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
