package io.vitallyrelay.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One of an enum's words, in any case, with hyphens for underscores. */
record OneOf<E extends Enum<E>>(Class<E> words) implements Kind<E> {
    @Override
    public E parse(String text) throws NotAllowedException {
        for (E word : words.getEnumConstants()) {
            if (written(word).equalsIgnoreCase(text.strip())) {
                return word;
            }
        }
        throw new NotAllowedException(this);
    }

    @Override
    public String allowed() {
        return Arrays.stream(words.getEnumConstants()).map(OneOf::written).collect(Collectors.joining(" or "));
    }

    private static String written(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
