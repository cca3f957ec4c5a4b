package io.vitallyrelay.delivery;

import com.fasterxml.jackson.annotation.JsonGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Why all lanes wait, or one integration does.
 *
 * @param integration that waits; null where all lanes do
 * @param cause who or what holds it
 * @param reason in words an operator understands; of an operator it is his own text, whatever is in it
 * @param since when it began
 * @param by who holds it, as they say; null where it is no operator, or one who does not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hold(String integration, Cause cause, String reason, Instant since, String by) {

    public Hold {
        since = since == null ? null : since.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Who or what holds. */
    public enum Cause {
        /** An operator, until an operator releases it. */
        OPERATOR,
        /** The endpoint refuses every request, as it does a wrong token; until one that is tried passes. */
        ENDPOINT,
        /** The messages of the integration are refused nearly without exception; until one that is tried is taken. */
        REFUSED;

        /** As it is shown. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One by the endpoint, of all lanes. */
    static Hold byEndpoint(String reason, Instant since) {
        return new Hold(null, Cause.ENDPOINT, reason, since, null);
    }

    /** {@code all} lanes or an {@code integration}. */
    @JsonGetter("scope")
    public String scope() {
        return integration == null ? "all" : "integration";
    }

    /** All of it but the time, as one sentence. */
    public String told() {
        String why = cause == Cause.OPERATOR ? "held by " + (by == null ? "an operator" : by) + ": " + reason : reason;
        return integration == null ? why : "integration " + integration + " waits: " + why;
    }
}
