package io.vitallyrelay.source.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/**
 * A {@code try}, or {@code ?}, that catches what its body throws, as jq has it since 1.7. That of jackson-jq also catches what is
 * thrown behind it, by all that is done with its values: {@code {n: (.n | tonumber?), k: error("no k")}} would be nothing,
 * and the record be dropped without a word.
 */
final class BodyTry implements Expression {
    private final Expression caught;

    /** @param caught the one of jackson-jq */
    BodyTry(Expression caught) {
        this.caught = caught;
    }

    /** Not one of jackson-jq's exceptions, so that none of its tries catches it. */
    private static final class ThrownBehind extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient PathOutput of;
        private final JsonQueryException thrown;

        ThrownBehind(PathOutput of, JsonQueryException thrown) {
            super(null, null, false, false);
            this.of = of;
            this.thrown = thrown;
        }
    }

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        // made anew for each run, which it tells from those around it and in it
        PathOutput behind = new PathOutput() {
            @Override
            public void emit(JsonNode value, Path at) throws JsonQueryException {
                try {
                    output.emit(value, at);
                } catch (JsonQueryException e) {
                    throw new ThrownBehind(this, e);
                }
            }
        };
        try {
            caught.apply(scope, in, path, behind, requirePath);
        } catch (ThrownBehind e) {
            if (e.of == behind) {
                throw e.thrown;
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return caught.toString();
    }
}
