package io.vitallyrelay.settings;

/** The secret that stands after {@code Basic } in the {@code Authorization} header. */
record Token() implements Kind<String> {
    static final String HIDDEN = "(hidden)";

    private static final String SCHEME = "Basic ";

    @Override
    public String parse(String text) throws NotAllowedException {
        if (text.strip().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new NotAllowedException(this, "give only what stands after \"Basic \"");
        }
        // anything else could end the header early, or reach Vitally in another encoding
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new NotAllowedException(
                    this, "it holds a space, a line break, a control character or one beyond ASCII");
        }
        return text;
    }

    @Override
    public String allowed() {
        return "visible ASCII characters without spaces";
    }

    @Override
    public String shown(String text) {
        return HIDDEN;
    }
}
