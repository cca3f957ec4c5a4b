package io.vitallyrelay.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Origin;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Warns of accounts without {@code traits.name}, which Vitally wants when it creates one. It may know the account already, so
 * they are not refused. Warns of the first of an integration, then of the 10th, the 100th and so on. Thread-safe.
 */
public final class NamelessAccounts {
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Consumer<String> warning;

    /** @param warning is told the text */
    public NamelessAccounts(Consumer<String> warning) {
        this.warning = warning;
    }

    /** @param message as the contract admitted it */
    public void admitted(MessageType type, JsonNode message, Origin origin) {
        if (type != MessageType.ACCOUNT || message.path("traits").hasNonNull("name")) {
            return;
        }
        long count = counts.merge(origin.integration(), 1L, Long::sum);
        if (isPowerOfTen(count)) {
            warning.accept(
                    "%s: %d account(s) without traits.name so far, this one from %s, %s. Vitally wants it for new accounts."
                            .formatted(origin.integration(), count, origin.unit(), origin.position()));
        }
    }

    private static boolean isPowerOfTen(long count) {
        long power = 1;
        while (power < count) {
            power *= 10;
        }
        return power == count;
    }
}
