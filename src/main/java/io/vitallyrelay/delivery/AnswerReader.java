package io.vitallyrelay.delivery;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Makes an {@link Answer} of what the HTTP client gives. Reads little, however much comes. Thread-safe. */
public record AnswerReader(RetryTiming timing, Secrets secrets) {
    /** Success is a few words; what is longer than this many bytes is not read, and doubtful. */
    public static final int READ = 64 * 1024;

    /** More than a usual answer has. */
    private static final int USUAL = 1024;

    /** In it a page shows itself as one. */
    private static final int START = 256;

    private static final int MULTI_STATUS = 207;
    /** Fields that tell of failures, where they say something. */
    private static final Set<String> FAILURES = Set.of("error", "errors", "failed", "failures");

    /**
     * @param header gives the value of a response header, null where there is none
     * @param body may be null; is read and closed. A body that ends too early makes the answer doubtful
     */
    public Answer read(int status, UnaryOperator<String> header, InputStream body) {
        byte[] buffer = new byte[USUAL];
        int length = 0;
        boolean whole = true;
        if (body != null) {
            try (body) {
                int read;
                while (length < READ && (read = body.read(buffer, length, buffer.length - length)) >= 0) {
                    length += read;
                    if (length == buffer.length && length < READ) {
                        buffer = Arrays.copyOf(buffer, Math.min(READ, 8 * length));
                    }
                }
                whole = length < READ;
            } catch (IOException e) {
                whole = false;
            }
        }
        byte[] bytes = Arrays.copyOf(buffer, length);
        String text = secrets.hide(new String(bytes, StandardCharsets.UTF_8));
        return new Answer(status, text, body(status, header.apply("Content-Type"), bytes, whole), timing.pause(header));
    }

    private static AnswerBody body(int status, String type, byte[] bytes, boolean whole) {
        if (isPage(type, bytes)) {
            return AnswerBody.PAGE;
        }
        AnswerBody body = json(bytes);
        if (body == AnswerBody.ERRORS || status == MULTI_STATUS) {
            return AnswerBody.ERRORS;
        }
        return whole ? body : AnswerBody.DOUBTFUL;
    }

    private static boolean isPage(String type, byte[] bytes) {
        boolean says = type != null && type.toLowerCase(Locale.ROOT).contains("html");
        String start = new String(bytes, 0, Math.min(bytes.length, START), StandardCharsets.UTF_8);
        String first = start.replace("\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
        // JSON keeps its meaning whatever it is called
        return first.startsWith("<") && (says || first.startsWith("<html") || first.startsWith("<!doctype html"));
    }

    private static AnswerBody json(byte[] bytes) {
        boolean errors = false;
        try (JsonParser parser = Json.tokens(bytes, 0, bytes.length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return AnswerBody.DOUBTFUL;
            }
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    boolean says = saysSomething(parser);
                    errors |= FAILURES.contains(name.toLowerCase(Locale.ROOT)) && says;
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                return errors ? AnswerBody.ERRORS : AnswerBody.DOUBTFUL;
            }
        } catch (IOException e) {
            return errors ? AnswerBody.ERRORS : AnswerBody.DOUBTFUL;
        }
        return errors ? AnswerBody.ERRORS : AnswerBody.JSON;
    }

    /** Reads a value to its end. @return whether it is more than nothing: not null, false, 0, "", [] or {} */
    private static boolean saysSomething(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT, START_ARRAY -> {
                boolean empty = true;
                for (int depth = 1; depth > 0; ) {
                    JsonToken token = parser.nextToken();
                    if (token == null) {
                        throw new IOException("a value without end");
                    }
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    empty &= depth == 0;
                }
                yield !empty;
            }
            case VALUE_STRING -> !parser.getText().isBlank();
            case VALUE_TRUE, VALUE_NUMBER_FLOAT -> true;
            case VALUE_NUMBER_INT -> !parser.getText().equals("0");
            default -> false;
        };
    }
}
