package io.vitallyrelay.source.mapping.camel;

import io.vitallyrelay.source.mapping.MappingLimits;
import java.lang.reflect.Field;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.jq.JqExpression;
import org.apache.camel.language.jq.JqLanguage;

/** The language {@code jq} of the routes: that of camel-jq, within {@link MappingLimits}. Thread-safe. */
public final class MappingLanguage extends JqLanguage {
    private final MappingLimits limits;

    public MappingLanguage(MappingLimits limits) {
        this.limits = limits;
    }

    @Override
    public void init() {
        boolean first = getRootScope() == null;
        super.init();
        if (first) {
            limits.bound(getRootScope());
        }
    }

    @Override
    public Expression createExpression(Expression source, String expression, Object[] properties) {
        Mapping mapping = new Mapping(Scope.newChildScope(getRootScope()), expression, limits);
        mapping.setResultType(property(Class.class, properties, 0, null));
        mapping.setSource(source);
        if (getCamelContext() != null) {
            mapping.init(getCamelContext());
            limits.count(compiled(mapping));
        }
        return mapping;
    }

    private static JsonQuery compiled(Mapping mapping) {
        try {
            Field query = JqExpression.class.getDeclaredField("query");
            query.setAccessible(true);
            return (JsonQuery) query.get(mapping);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the mapping cannot be bounded", e);
        }
    }

    private static final class Mapping extends JqExpression {
        private final MappingLimits limits;

        Mapping(Scope scope, String expression, MappingLimits limits) {
            super(scope, expression);
            this.limits = limits;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return limits.within(() -> super.evaluate(exchange));
        }
    }
}
