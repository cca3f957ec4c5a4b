package io.vitallyrelay.message;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * The fields that a type has beside {@code type}, {@code messageId} and {@code timestamp}.
 *
 * @param required must be there
 * @param oneOf at least one of these must be there; empty where there is no such rule
 * @param filled written as <code>{}</code> where absent
 * @param optional may be there
 */
record Shape(Set<Field> required, Set<Field> oneOf, Set<Field> filled, Set<Field> optional) {

    static Shape requires(Field... fields) {
        return new Shape(set(fields), set(), set(), set());
    }

    Shape oneOf(Field... fields) {
        return new Shape(required, set(fields), filled, optional);
    }

    Shape fills(Field field) {
        return new Shape(required, oneOf, set(field), optional);
    }

    Shape allows(Field... fields) {
        return new Shape(required, oneOf, filled, set(fields));
    }

    boolean has(Field field) {
        return field.kind == Field.Kind.STAMP
                || required.contains(field)
                || oneOf.contains(field)
                || filled.contains(field)
                || optional.contains(field);
    }

    private static Set<Field> set(Field... fields) {
        Set<Field> set = EnumSet.noneOf(Field.class);
        set.addAll(Arrays.asList(fields));
        return set;
    }
}
