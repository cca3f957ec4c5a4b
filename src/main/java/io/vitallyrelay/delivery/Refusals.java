package io.vitallyrelay.delivery;

/** How many messages of an integration were refused lately. Not thread-safe. */
final class Refusals {
    /** So many messages are looked back upon for the share. */
    static final int LAST = 200;

    private final RecentShare refused = new RecentShare(LAST);
    private int inARow;

    void refused() {
        inARow++;
        refused.add(true);
    }

    void taken() {
        inARow = 0;
        refused.add(false);
    }

    /** None of those that are looked back upon. */
    boolean areOver() {
        return refused.share() == 0;
    }

    /**
     * What is too much of it, in words; null where nothing is.
     *
     * @param most so many in a row
     * @param percent a larger share than this of the last {@value #LAST}
     */
    String tooMany(int most, int percent) {
        if (inARow >= most) {
            return inARow + " of its messages in a row were refused";
        }
        return refused.seen() == LAST && refused.share() * 100 > percent
                ? Math.round(refused.share() * 100) + " % of its last " + LAST + " messages were refused"
                : null;
    }
}
