package io.vitallyrelay.source.mapping;

/** The mapping of a record goes on without end, or grows without bound. Not caught by the {@code try} and {@code ?} of jq. */
public final class MappingLimitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MappingLimitException(String why) {
        // no stack trace: where the mapping was when its time was over says nothing
        super(why, null, false, false);
    }
}
