package io.vitallyrelay.settings;

/** A whole number between two limits, both allowed. */
record WholeNumber(int min, int max) implements Kind<Integer> {
    @Override
    public Integer parse(String text) throws NotAllowedException {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, without the text
        }
        throw new NotAllowedException(this);
    }

    @Override
    public String allowed() {
        return "a whole number from " + min + " to " + max;
    }
}
