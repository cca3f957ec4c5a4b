package io.vitallyrelay.source.mapping;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.internal.IsolatedScopeQuery;
import net.thisptr.jackson.jq.internal.JsonQueryFunction;
import net.thisptr.jackson.jq.internal.misc.Pair;
import net.thisptr.jackson.jq.internal.operators.BinaryOperator;
import net.thisptr.jackson.jq.internal.tree.FunctionDefinition;
import net.thisptr.jackson.jq.internal.tree.RecursionOperator;
import net.thisptr.jackson.jq.internal.tree.TryCatch;
import net.thisptr.jackson.jq.internal.tree.Tuple;
import net.thisptr.jackson.jq.internal.tree.fieldaccess.BracketExtractFieldAccess;

/**
 * Puts a count of steps around all in a compiled mapping that can be done over and over: what gives several values
 * ({@code .[]}, {@code ,} and {@code ..}), the functions that a mapping defines, and the operators; and a {@link BodyTry} around
 * each try. jackson-jq has no place where one could ask to be told, so this goes through the fields of its expressions, once, when a mapping is compiled.
 */
final class Weaver {
    private static final String TREE = "net.thisptr.jackson.jq.internal.tree.";

    private final MappingLimits limits;

    Weaver(MappingLimits limits) {
        this.limits = limits;
    }

    /** @param node a compiled mapping, or a part of it; anything else is left as it is */
    void weave(Object node) {
        if (!isPartOfAMapping(node)) {
            return;
        }
        for (Class<?> type = node.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    weave(node, field);
                }
            }
        }
    }

    private void weave(Object node, Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(node);
            Object woven = woven(value);
            if (node instanceof FunctionDefinition && woven instanceof Expression body) {
                woven = new Counted(body, limits);
            }
            if (woven != value) {
                field.set(node, woven);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot count the steps of " + field, e);
        }
    }

    private Object woven(Object value) {
        if (value instanceof List<?> list) {
            return woven(list);
        }
        if (value instanceof BinaryOperator operator && BoundedOperator.canGrow(operator)) {
            return new BoundedOperator(operator, limits);
        }
        weave(value);
        if (value instanceof TryCatch) {
            return new BodyTry((Expression) value);
        }
        boolean several = value instanceof BracketExtractFieldAccess
                || value instanceof Tuple
                || value instanceof RecursionOperator;
        return several ? new Counted((Expression) value, limits) : value;
    }

    private List<?> woven(List<?> list) {
        List<Object> woven = new ArrayList<>(list.size());
        boolean changed = false;
        for (Object one : list) {
            Object other = woven(one);
            changed |= other != one;
            woven.add(other);
        }
        return changed ? woven : list;
    }

    private static boolean isPartOfAMapping(Object value) {
        return value instanceof JsonQuery
                || value instanceof IsolatedScopeQuery
                || value instanceof JsonQueryFunction
                || value instanceof Pair
                || (value != null && value.getClass().getName().startsWith(TREE));
    }
}
