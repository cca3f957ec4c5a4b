package io.vitallyrelay.app;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vitallyrelay.delivery.Verdict;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What is counted while the service runs; the counts of messages come from the ledger, see {@link LedgerMeters}. */
@Singleton
public class Meters {
    private final Map<Verdict, Counter> batches = new EnumMap<>(Verdict.class);

    Meters(MeterRegistry registry) {
        for (Verdict verdict : Verdict.values()) {
            batches.put(
                    verdict,
                    Counter.builder("relay.batches")
                            .description("Answers to batches and parts of them, by verdict")
                            .tag("verdict", verdict.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
    }

    void batch(Verdict verdict) {
        batches.get(verdict).increment();
    }
}
