package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.Optional;

/** Where only an integration is chosen, or nothing, the counts say how many there are; else one reading finds all. Thread-safe. */
record LocalDeadLetters(Store store, DeadLetterReader reader, Staging staging) implements DeadLetters {
    @Override
    public DeadLetterPage page(DeadLetterFilter filter, long after, int limit) {
        if (isOfIntegrationAlone(filter)) {
            long total = count(filter);
            return new DeadLetterPage(total, total == 0 ? List.of() : first(filter, after, limit));
        }
        List<DeadLetter> found = new ArrayList<>();
        long[] total = {0};
        reader.read(0, (letter, bytes) -> {
            if (filter.test(letter)) {
                total[0]++;
                if (letter.id() > after && found.size() < limit) {
                    found.add(letter);
                }
            }
            return true;
        });
        return new DeadLetterPage(total[0], found);
    }

    private List<DeadLetter> first(DeadLetterFilter filter, long after, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        if (limit > 0) {
            reader.read(after, (letter, bytes) -> {
                if (filter.test(letter)) {
                    found.add(letter);
                }
                return found.size() < limit;
            });
        }
        return found;
    }

    @Override
    public long count(DeadLetterFilter filter) {
        if (!isOfIntegrationAlone(filter)) {
            return page(filter, 0, 0).total();
        }
        return (filter.integration() == null ? staging.counts() : staging.counts(filter.integration())).dead();
    }

    @Override
    public Optional<DeadLetter> get(long id) {
        return Optional.ofNullable(store.deadLetter(id));
    }
    @Override
    public List<Long> replay(List<Long> ids, Function<DeadLetter, List<Message>> edit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Long> discard(List<Long> ids) {
        throw new UnsupportedOperationException();
    }

    private static boolean isOfIntegrationAlone(DeadLetterFilter f) {
        return f.equals(DeadLetterFilter.ofIntegration(f.integration()));
    }
}
