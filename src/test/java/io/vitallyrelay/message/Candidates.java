package io.vitallyrelay.message;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;

/** Candidates in single quotes, and what a contract at a fixed time makes of them. */
final class Candidates {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String NOW = "2026-01-02T03:04:05.006Z";
    static final Contract CONTRACT = new Contract(32768, InstantSource.fixed(Instant.parse(NOW)));
    static final Origin ORIGIN = new Origin("users-csv", "users.csv#1f", "line 7");
    static final Stamp STAMP = new Stamp(null, NullPolicy.OMIT, ORIGIN, 0);

    private Candidates() {}

    static JsonNode candidate(String singleQuoted) {
        try {
            return JSON.readTree(singleQuoted.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode posted(Message message) {
        try {
            return JSON.readTree(message.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Message admit(String singleQuoted) throws ContractException {
        return CONTRACT.admit(candidate(singleQuoted), STAMP);
    }

    static ContractException refusalOf(String singleQuoted) {
        return refusalOf(candidate(singleQuoted));
    }

    static ContractException refusalOf(JsonNode candidate) {
        return catchThrowableOfType(ContractException.class, () -> CONTRACT.admit(candidate, STAMP));
    }
}
