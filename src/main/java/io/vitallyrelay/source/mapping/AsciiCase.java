package io.vitallyrelay.source.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.function.IntUnaryOperator;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * {@code ascii_downcase} and {@code ascii_upcase}, which nearly every mapping has. Those of jackson-jq are written in jq and cost
 * a dozen calls for each character, more than all the rest of a usual mapping.
 */
final class AsciiCase {
    private static final int BETWEEN = 'a' - 'A';

    private AsciiCase() {}

    static void addTo(Scope root) {
        root.addFunction("ascii_downcase/0", mapped(c -> c >= 'A' && c <= 'Z' ? c + BETWEEN : c));
        root.addFunction("ascii_upcase/0", mapped(c -> c >= 'a' && c <= 'z' ? c - BETWEEN : c));
    }

    private static Function mapped(IntUnaryOperator to) {
        return (scope, args, in, path, output, version) -> output.emit(mapped(in, to), null);
    }

    private static JsonNode mapped(JsonNode in, IntUnaryOperator to) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("explode input must be a string");
        }
        char[] characters = in.textValue().toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = (char) to.applyAsInt(characters[i]);
        }
        return TextNode.valueOf(new String(characters));
    }
}
