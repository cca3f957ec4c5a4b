package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.letters.Audit;
import io.vitallyrelay.message.LogText;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Holds and releases as operators order them: in the audit first, then done. A disk that cannot be written keeps nobody from
 * either: a hold is the way to stop when something goes wrong, and a release is how a full spool gets empty. The answer, and the
 * log, then say what was not written. Thread-safe.
 */
@Singleton
public class HoldOrders {
    private static final Logger LOG = Logger.getLogger(HoldOrders.class);

    private final Gate gate;
    private final Audit audit;
    private final InstantSource clock;

    HoldOrders(Gate gate, Audit audit, InstantSource clock) {
        this.gate = gate;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Who orders it.
     *
     * @param by as they say, or logged in as; may be null
     * @param from the address; may be null
     */
    record Operator(String by, String from) {}

    /**
     * @param integration null for all lanes
     * @return what could not be written; empty where all was
     */
    List<String> hold(String integration, String reason, Operator operator) {
        Map<String, Object> what = what(integration);
        what.put("reason", reason);
        List<String> warnings = audited(operator, "hold", what);
        gate.hold(integration, reason, operator.by);
        return withProblem(warnings);
    }

    /**
     * @param integration null for all holds
     * @param probe whether one request is to pass before the others go on
     * @return what could not be written; empty where all was
     */
    List<String> release(String integration, boolean probe, Operator operator) {
        Map<String, Object> what = what(integration);
        what.put("probe", probe);
        what.put(
                "holds",
                gate.holds().stream()
                        .filter(hold -> integration == null || integration.equals(hold.integration()))
                        .map(Hold::told)
                        .toList());
        List<String> warnings = audited(operator, "release", what);
        gate.release(integration, operator.by, probe);
        return withProblem(warnings);
    }

    private static Map<String, Object> what(String integration) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("scope", integration == null ? "all" : "integration");
        if (integration != null) {
            what.put("integration", integration);
        }
        return what;
    }

    private List<String> audited(Operator operator, String deed, Map<String, Object> what) {
        List<String> warnings = new ArrayList<>();
        try {
            audit.add(new Audit.Entry(clock.instant(), operator.by, operator.from, deed, what));
        } catch (UncheckedIOException e) {
            warnings.add(e.getMessage() + " (" + e.getCause().getMessage() + "): this is done all the same");
            LOG.warnf(
                    "%s: %s by %s from %s: %s",
                    e.getMessage(), deed, LogText.of(operator.by), operator.from, LogText.of(what));
        }
        return warnings;
    }

    private List<String> withProblem(List<String> warnings) {
        String problem = gate.problem();
        if (problem != null) {
            warnings.add(problem);
        }
        return warnings;
    }
}
