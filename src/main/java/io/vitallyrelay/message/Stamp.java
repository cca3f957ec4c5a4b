package io.vitallyrelay.message;

import static java.util.Objects.requireNonNull;

/**
 * What the contract has to know of a candidate beside its fields.
 *
 * @param defaultType the wire name of the type of a candidate that names none itself, or null
 * @param nulls what becomes of nulls in traits and properties, where the route says it; null leaves it to the contract
 * @param origin where the record came from
 * @param index the place of the message among those made from the same record, from 0
 */
public record Stamp(String defaultType, NullPolicy nulls, Origin origin, int index) {
    public Stamp {
        requireNonNull(origin, "origin");
        if (index < 0) {
            throw new IllegalArgumentException("index must not be negative, is " + index);
        }
    }
}
