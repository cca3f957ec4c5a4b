package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * A place in the code where a test may stop the service: the entry of a method, when it is come to for the nth time. The
 * code there knows nothing of it; a place that is no longer there fails the test that names it.
 *
 * @param type the name of the class
 * @param method the name of its only method of this name
 * @param hit 1 for the first time
 */
record Failpoint(String type, String method, int hit) {
    Failpoint {
        try {
            assertThat(Arrays.stream(Class.forName(type, false, Failpoint.class.getClassLoader())
                                    .getDeclaredMethods())
                            .filter(one -> !one.isBridge())
                            .map(Method::getName)
                            .filter(method::equals))
                    .as("methods %s of %s", method, type)
                    .hasSize(1);
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a failpoint names a class that is gone: " + type, e);
        }
    }

    /** @param place such as {@code spool.Store.write}, below the package of the product, or in full */
    static Failpoint at(String place, int hit) {
        int dot = place.lastIndexOf('.');
        String type = place.substring(0, dot);
        return new Failpoint(type.startsWith("org.") ? type : "io.vitallyrelay." + type, place.substring(dot + 1), hit);
    }

    @Override
    public String toString() {
        return type + "." + method + " for the " + hit + ". time";
    }
}
