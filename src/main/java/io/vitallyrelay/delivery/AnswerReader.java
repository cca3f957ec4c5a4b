package io.vitallyrelay.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Makes an {@link Answer} of what the HTTP client gives. Reads little, however much comes. Thread-safe. */
public record AnswerReader(RetryTiming timing, Secrets secrets) {
    /** Success is a few words; what is longer than this many bytes is not read, and doubtful. */
    public static final int READ = 64 * 1024;

    /** More than a usual answer has. */
    private static final int USUAL = 1024;

    private static final JsonFactory JSON = new JsonFactory();

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
        return new Answer(status, text, !whole || !isJson(bytes), timing.pause(header));
    }

    private static boolean isJson(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
