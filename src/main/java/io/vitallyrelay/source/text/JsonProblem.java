package io.vitallyrelay.source.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.charset.StandardCharsets;

/** Puts what the JSON parser refuses into plain words. */
final class JsonProblem {
    private static final int LONGEST_QUOTE = 40;

    private JsonProblem() {}

    static String beyondLimits(StreamConstraintsException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Document nesting depth")) {
            return "nested too deeply (more than 1000 levels)";
        }
        if (message.startsWith("Number value length")) {
            return "contains a number of more than 1000 digits";
        }
        return message.startsWith("Name length")
                ? "contains a key of more than 50000 characters"
                : "contains a text that is too long";
    }

    static String notJson(JsonProcessingException e, RecordText text, byte[] b, int from, int to) {
        if (e instanceof JsonEOFException || isEndBetweenTokens(e)) {
            return "not JSON: ends in the middle of a value";
        }
        String message = e.getOriginalMessage();
        if (isNoToken(e)) {
            return "not JSON: '" + token(message) + "' is no value";
        }
        int offset = e.getLocation() == null ? 0 : (int) e.getLocation().getByteOffset();
        int index = Math.min(from + offset, to);
        while (index > from && index < to && Utf8.continues(b[index])) {
            index--; // the parser may stand within the character
        }
        return "not JSON: " + words(message, b, index, to) + text.at(b, from, index);
    }

    /** Whether the text ends where a token of the value could have followed. */
    static boolean isEndBetweenTokens(JsonProcessingException e) {
        if (e instanceof JsonEOFException end) {
            JsonToken within = end.getTokenBeingDecoded();
            return within == null || within == JsonToken.NOT_AVAILABLE;
        }
        return e.getOriginalMessage().startsWith("Unexpected end-of-input");
    }

    /** Whether a word stands where a value may. */
    static boolean isNoToken(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        return message.startsWith("Unrecognized token '") || message.startsWith("Non-standard token '");
    }

    private static String words(String message, byte[] b, int index, int to) {
        if (message.startsWith("Unexpected")) {
            return "unexpected '" + character(b, index, to) + "'";
        }
        if (message.startsWith("Illegal")) {
            return "a control character that is not escaped";
        }
        if (message.startsWith("Unrecognized character escape")) {
            return "an unknown escape";
        }
        return message.startsWith("Invalid numeric value") ? "a number that begins with 0" : "broken";
    }

    private static String token(String message) {
        int from = message.indexOf('\'') + 1;
        int to = message.indexOf('\'', from);
        return printable(message.substring(from, Math.min(to, from + LONGEST_QUOTE)));
    }

    private static String character(byte[] b, int index, int to) {
        String rest = new String(b, index, Math.min(4, to - index), StandardCharsets.UTF_8);
        return rest.isEmpty() ? "" : printable(rest.substring(0, rest.offsetByCodePoints(0, 1)));
    }

    /** Without control characters, which a terminal would obey. */
    private static String printable(String s) {
        StringBuilder printable = new StringBuilder();
        s.chars().forEach(c -> printable.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
        return printable.toString();
    }
}
