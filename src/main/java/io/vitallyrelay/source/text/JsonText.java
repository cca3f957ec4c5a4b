package io.vitallyrelay.source.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one JSON value with every digit of its numbers, or says why it is none. The one rule for files, bodies and columns: one
 * value and nothing behind it, no key twice in an object, no NUL, no half surrogate pair, and no white space but blank, tab, CR
 * and LF. Immutable.
 */
public final class JsonText {
    private static final String MORE_THAN_ONE = "more than one JSON value";
    private static final JsonText STRICT = new JsonText(new RecordText(StandardCharsets.UTF_8, "character"));

    private final RecordText text;

    public JsonText(RecordText text) {
        this.text = text;
    }

    /**
     * Reads a text that is JSON in UTF-8.
     *
     * @return any value; numbers are whole ones of any length, or decimals with all their digits
     * @throws NotJsonException when it is not exactly one JSON value, with the reason
     */
    public static JsonNode parse(byte[] utf8) throws NotJsonException {
        String problem = STRICT.text.problem(utf8, 0, utf8.length);
        if (problem != null) {
            throw new NotJsonException(problem);
        }
        return STRICT.value(utf8, 0, utf8.length);
    }

    /** As {@link #parse(byte[])}. */
    public static JsonNode parse(String text) throws NotJsonException {
        return parse(utf8(text));
    }

    /**
     * The text in UTF-8, unread.
     *
     * @throws NotJsonException when UTF-8 cannot say it: it contains half a surrogate pair
     */
    public static byte[] utf8(String text) throws NotJsonException {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(utf8.array(), utf8.limit());
        } catch (CharacterCodingException e) {
            throw new NotJsonException("contains half a surrogate pair, which is no character");
        }
    }

    /** What keeps a text from being read at all, or null. */
    public String problem(byte[] b, int from, int to) {
        return text.problem(b, from, to);
    }

    /** Whether a text is the beginning of a value, and ends between two of its tokens. */
    public boolean isCutOff(byte[] b, int from, int to) {
        if (problem(b, from, to) != null) {
            return false;
        }
        try (JsonParser parser = Json.tokens(b, from, to)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                parser.skipChildren();
            }
            return false;
        } catch (JsonProcessingException e) {
            return JsonProblem.isEndBetweenTokens(e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
    }

    /** Whether a text is one value. */
    public boolean isValue(byte[] b, int from, int to) {
        try {
            return problem(b, from, to) == null && value(b, from, to) != null;
        } catch (NotJsonException e) {
            return false;
        }
    }

    /** The value of a text that has no problem: one with a NUL the parser could take for UTF-16. */
    public JsonNode value(byte[] b, int from, int to) throws NotJsonException {
        JsonNode value = null;
        try (JsonParser parser = Json.tokens(b, from, to)) {
            value = Json.next(parser);
            if (value == null) {
                throw new NotJsonException("not JSON: there is no value");
            }
            if (parser.nextToken() != null) {
                throw new NotJsonException(MORE_THAN_ONE);
            }
        } catch (StreamConstraintsException e) {
            throw new NotJsonException(JsonProblem.beyondLimits(e));
        } catch (MismatchedInputException e) {
            throw new NotJsonException("a key stands twice in one object");
        } catch (JsonProcessingException e) {
            boolean wordBehind = value != null && JsonProblem.isNoToken(e);
            throw new NotJsonException(wordBehind ? MORE_THAN_ONE : JsonProblem.notJson(e, text, b, from, to));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new NotJsonException("contains a number with too large an exponent"); // what BigDecimal cannot hold
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        if (HalfSurrogate.escapedIn(b, from, to)) {
            throw new NotJsonException("contains the escape of half a surrogate pair, which is no character");
        }
        return value;
    }
}
