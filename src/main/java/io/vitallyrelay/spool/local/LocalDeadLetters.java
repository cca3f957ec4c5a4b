package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.LetterGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Thread-safe. */
record LocalDeadLetters(LetterStore letters, Staging staging) implements DeadLetters {
    @Override
    public DeadLetterPage page(DeadLetterFilter filter, long after, int limit) {
        DeadLetterPage page = letters.page(filter, after, limit);
        // the counts of the ledger, so that both say the same at any moment
        return isOfIntegrationAlone(filter) ? new DeadLetterPage(count(filter), page.letters(), page.next()) : page;
    }

    @Override
    public long count(DeadLetterFilter filter) {
        if (!isOfIntegrationAlone(filter)) {
            return letters.count(filter);
        }
        Counts counts = filter.integration() == null ? staging.counts() : staging.counts(filter.integration());
        return counts.dead();
    }

    private static boolean isOfIntegrationAlone(DeadLetterFilter filter) {
        return filter.equals(DeadLetterFilter.ofIntegration(filter.integration()));
    }

    @Override
    public List<LetterGroup> groups(DeadLetterFilter filter) {
        return letters.groups(filter);
    }

    @Override
    public Optional<DeadLetter> get(long id) {
        return Optional.ofNullable(letters.get(id)).map(LetterStore.Stored::letter);
    }

    @Override
    public List<Long> replay(List<Long> ids, Function<DeadLetter, List<Message>> edit) throws InterruptedException {
        List<Staging.Leaving> leaving = new ArrayList<>();
        for (LetterStore.Stored each : stored(ids)) {
            List<Message> messages = edit.apply(each.letter());
            if (!messages.isEmpty()) {
                leaving.add(new Staging.Leaving(each.letter(), each.bytes(), List.copyOf(messages)));
            }
        }
        return staging.remove(leaving, letters::contains);
    }

    @Override
    public List<Long> discard(List<Long> ids) throws InterruptedException {
        return staging.remove(
                stored(ids).stream()
                        .map(each -> new Staging.Leaving(each.letter(), each.bytes(), List.of()))
                        .toList(),
                letters::contains);
    }

    /** Those that are there, each once. */
    private List<LetterStore.Stored> stored(List<Long> ids) {
        if (ids.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    ids.size() + " letters at once: at most " + MOST_AT_ONCE + " can be named");
        }
        return new LinkedHashSet<>(ids)
                .stream().map(letters::get).filter(stored -> stored != null).toList();
    }
}
