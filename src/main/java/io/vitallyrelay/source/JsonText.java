package io.vitallyrelay.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;

/** Reads one JSON value with every digit of its numbers, or says why it is none. */
final class JsonText {
    /** Keys are not interned: a file of random keys would only fill the JVM's table of strings. */
    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private final RecordText text;

    JsonText(RecordText text) {
        this.text = text;
    }

    /** Reads a text at once. */
    FileRecord read(long line, byte[] b, int from, int to) throws IOException {
        String problem = text.problem(b, from, to);
        return problem == null ? parse(line, b, from, to) : RecordText.bad(line, problem, b, from, to);
    }

    /** Reads a text that has no problem later, if ever. */
    FileRecord unread(long line, byte[] b, int from, int to) {
        String problem = text.problem(b, from, to);
        return problem == null
                ? new FileRecord.Unread(line, Arrays.copyOfRange(b, from, to), this)
                : RecordText.bad(line, problem, b, from, to);
    }

    FileRecord read(FileRecord.Unread unread) throws IOException {
        return parse(unread.line(), unread.json(), 0, unread.json().length);
    }

    private FileRecord parse(long line, byte[] b, int from, int to) throws IOException {
        String problem;
        try (JsonParser parser = READER.createParser(b, from, to - from)) {
            JsonNode body = READER.readTree(parser);
            if (parser.nextToken() != null) {
                problem = "more than one JSON value";
            } else if (HalfSurrogate.escapedIn(b, from, to)) {
                problem = "contains the escape of half a surrogate pair, which is no character";
            } else {
                return new FileRecord.Row(line, body);
            }
        } catch (StreamConstraintsException e) {
            problem = JsonProblem.beyondLimits(e);
        } catch (MismatchedInputException e) {
            problem = "a key stands twice in one object";
        } catch (JsonProcessingException e) {
            problem = JsonProblem.notJson(e, text, b, from, to);
        } catch (NumberFormatException | ArithmeticException e) {
            problem = "contains a number with too large an exponent"; // what BigDecimal cannot hold
        }
        return RecordText.bad(line, problem, b, from, to);
    }
}
