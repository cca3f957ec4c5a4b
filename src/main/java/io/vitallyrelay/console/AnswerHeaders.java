package io.vitallyrelay.console;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * What browsers are told with each answer: nothing of other origins is loaded, run or sent to, nobody frames the page or
 * guesses types, and what the API says is kept nowhere.
 */
final class AnswerHeaders {
    private static final String CSP = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", CSP,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private AnswerHeaders() {}

    static void addTo(MultiMap headers, String path) {
        ALWAYS.forEach(headers::set);
        if (path.startsWith("/api")) {
            headers.set("Cache-Control", "no-store");
        }
    }
}
