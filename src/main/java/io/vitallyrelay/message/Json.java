package io.vitallyrelay.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;

/**
 * The one way to read and write JSON. A text is one value: a second one behind it, a key that stands twice in an object, NaN and
 * Infinity are refused, as are more than 1000 levels, a number of more than 1000 digits, a key of more than 50,000 characters and
 * a text of more than 20,000,000. Numbers keep all their digits. Thread-safe.
 */
public final class Json {
    /** Keys are not interned: a file of random keys would only fill the JVM's table of strings. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader NEXT = MAPPER.readerFor(JsonNode.class)
            .with(
                    DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                    DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private static final ObjectReader ONLY = NEXT.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** Reads a text. @return a missing node where there is none */
    public static JsonNode tree(String text) throws JsonProcessingException {
        return ONLY.readTree(text);
    }

    /** As {@link #tree(String)}, in UTF-8. */
    public static JsonNode tree(byte[] utf8) throws IOException {
        return ONLY.readTree(utf8);
    }

    /**
     * Goes through {@code [from, to)} token by token. Whoever makes no tree of it sees for himself whether a key stands twice, and
     * whether something follows.
     */
    public static JsonParser tokens(byte[] utf8, int from, int to) throws IOException {
        return NEXT.createParser(utf8, from, to - from);
    }

    /** Reads the next value of a text, whatever follows; null where there is none. */
    public static JsonNode next(JsonParser tokens) throws IOException {
        return NEXT.readTree(tokens);
    }

    /** Reads a record in the Java sense; fields that it does not have are passed over. */
    public static <T> T record(byte[] utf8, Class<T> type) throws IOException {
        return Records.READER.forType(type).readValue(utf8);
    }

    /**
     * Maps, lists and other Java values as a tree.
     *
     * @throws IllegalArgumentException where they are nothing that JSON can say
     */
    public static JsonNode treeOf(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** Maps, lists and other Java values as text. */
    public static String text(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsString(value);
    }

    /** Writes a record in the Java sense. */
    public static String recordText(Object record) throws JsonProcessingException {
        return Records.MAPPER.writeValueAsString(record);
    }

    /** Not made before one is needed: few services ever do. */
    private static final class Records {
        static final ObjectMapper MAPPER = Json.MAPPER
                .copy()
                .registerModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        static final ObjectReader READER = MAPPER.reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }
}
