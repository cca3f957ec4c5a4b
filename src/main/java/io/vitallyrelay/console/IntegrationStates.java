package io.vitallyrelay.console;

import io.vitallyrelay.delivery.Gate;
import io.vitallyrelay.delivery.Hold;
import io.vitallyrelay.source.SourceState;
import io.vitallyrelay.source.SourceStates;
import io.vitallyrelay.source.Sources;
import io.vitallyrelay.source.queue.BrokerState;
import io.vitallyrelay.source.table.TableStatus;
import io.vitallyrelay.source.table.Tables;
import io.vitallyrelay.spool.Spool;
import io.vitallyrelay.spool.SpoolStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How it goes with an integration, from all that is known of its source, the spool and the lanes. Thread-safe. */
@Singleton
public class IntegrationStates {
    private final Gate gate;
    private final Spool spool;
    private final Sources sources;
    private final SourceStates states;
    private final Tables tables;
    private final BrokerState broker;

    IntegrationStates(Gate gate, Spool spool, Sources sources, SourceStates states, Tables tables, BrokerState broker) {
        this.gate = gate;
        this.spool = spool;
        this.sources = sources;
        this.states = states;
        this.tables = tables;
        this.broker = broker;
    }

    /** In a word. */
    enum Word {
        /** Its routes run, and nothing is known to be wrong. */
        RUNNING,
        /** For its source, or for room: it goes on by itself. */
        WAITING,
        /** It is held, or all lanes are. */
        HELD,
        /** Its routes could not be started, or its source fails. */
        FAILING;

        String shown() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param why null where nothing is wrong
     * @param since null where it is not known
     */
    record State(Word word, String why, Instant since) {}

    /** Those that there are, and those of which something is counted. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(sources.all().keySet());
        spool.ledger().integrations().forEach(each -> names.add(each.integration()));
        return names;
    }

    /** What an operator has to act upon goes before what ends by itself. */
    State of(String integration) {
        return held(integration)
                .or(() -> failing(integration))
                .or(() -> waiting(integration))
                .orElse(new State(Word.RUNNING, null, null));
    }

    private Optional<State> held(String integration) {
        return gate.holds().stream()
                .filter(hold -> hold.integration() == null || hold.integration().equals(integration))
                .findFirst()
                .map(hold -> new State(Word.HELD, why(hold), hold.since()));
    }

    private static String why(Hold hold) {
        return hold.integration() == null ? "all lanes wait: " + hold.told() : hold.told();
    }

    private Optional<State> failing(String integration) {
        return states.all().stream()
                .filter(state -> state.integration().equals(integration))
                .findFirst()
                .map(IntegrationStates::failing);
    }

    private static State failing(SourceState state) {
        return new State(Word.FAILING, state.source() + ": " + state.problem(), state.since());
    }

    private Optional<State> waiting(String integration) {
        return forRoom().or(() -> forDatabase(integration)).or(() -> forBroker(integration));
    }

    private Optional<State> forRoom() {
        SpoolStatus status = spool.status();
        String why = status.failure() != null
                ? status.failure()
                : status.full() && status.deadLettersFull() ? status.deadLetterProblem() : status.backlogProblem();
        return Optional.ofNullable(why).map(told -> new State(Word.WAITING, told, null));
    }

    private Optional<State> forDatabase(String integration) {
        return tables.status().stream()
                .filter(table -> table.integration().equals(integration)
                        && (table.waitsSince() != null || table.failure() != null))
                .findFirst()
                .map(IntegrationStates::forDatabase);
    }

    /** A failure that is not told as one of its source is that it is not polled at all. */
    private static State forDatabase(TableStatus table) {
        return table.waitsSince() == null
                ? new State(Word.WAITING, "its table is not polled: " + table.failure(), null)
                : new State(Word.WAITING, "its database does not answer yet", table.waitsSince());
    }

    /** One that reads files too goes on with them. */
    private Optional<State> forBroker(String integration) {
        Set<Sources.Kind> kinds = sources.all().getOrDefault(integration, Set.of());
        Word word = kinds.size() > 1 ? Word.RUNNING : Word.WAITING;
        return kinds.contains(Sources.Kind.QUEUE)
                ? broker.problem().map(why -> new State(word, "its queue waits for the broker: " + why, null))
                : Optional.empty();
    }
}
