package io.vitallyrelay.source.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.PathOutput;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import net.thisptr.jackson.jq.path.Path;

/** A part of a mapping each run of which is a step. */
final class Counted implements Expression {
    private final Expression expression;
    private final MappingLimits limits;

    Counted(Expression expression, MappingLimits limits) {
        this.expression = expression;
        this.limits = limits;
    }

    @Override
    public void apply(Scope scope, JsonNode in, Path path, PathOutput output, boolean requirePath)
            throws JsonQueryException {
        limits.step();
        expression.apply(scope, in, path, output, requirePath);
    }

    @Override
    public String toString() {
        return expression.toString();
    }
}
