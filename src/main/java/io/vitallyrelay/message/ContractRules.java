package io.vitallyrelay.message;

import static java.util.Objects.requireNonNull;

/**
 * What of the contract is for an operator to decide.
 *
 * @param maxMessageBytes the largest message allowed, in bytes of its final JSON in UTF-8
 * @param nulls what becomes of nulls in traits and properties where the route does not say
 * @param passUnknownFields whether a field that a type does not have is sent as it is, instead of refused
 * @param passUnknownTypes whether a message of a type that is not known is sent as it is, instead of refused
 */
public record ContractRules(
        int maxMessageBytes, NullPolicy nulls, boolean passUnknownFields, boolean passUnknownTypes) {
    public ContractRules {
        if (maxMessageBytes < 1) {
            throw new IllegalArgumentException("maxMessageBytes must be positive, is " + maxMessageBytes);
        }
        requireNonNull(nulls, "nulls");
    }

    /** Refuses what is not known, and leaves nulls out. */
    public static ContractRules strict(int maxMessageBytes) {
        return new ContractRules(maxMessageBytes, NullPolicy.OMIT, false, false);
    }
}
