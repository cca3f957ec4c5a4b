package io.vitallyrelay.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vitallyrelay.letters.Job.Deed;
import io.vitallyrelay.letters.Job.Progress;
import io.vitallyrelay.letters.Job.Sample;
import io.vitallyrelay.letters.Job.Stay;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.Spool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What jobs do to letters, some of them at a time. Thread-safe. */
final class Deeds {
    /** Letters that are changed in one commit: few enough for their messages to be sent in a moment. */
    static final int AT_ONCE = 500;

    private final Spool spool;
    private final DeadLetters letters;
    private final Replay replay;

    Deeds(Spool spool, Replay replay) {
        this.spool = spool;
        this.letters = spool.deadLetters();
        this.replay = replay;
    }

    /** Takes long where the letters have to be looked at one by one. */
    long count(Selection selection) {
        return selection.ids() == null
                ? letters.count(selection.filter())
                : selection.ids().size();
    }

    /** The next letters behind those that are through; none where there are none, or the job is over meanwhile. */
    List<Long> next(Job job, BooleanSupplier isOver) {
        long after = job.progress().after();
        List<Long> ids = job.selection().ids();
        if (ids != null) {
            return ids.stream().filter(id -> id > after).limit(AT_ONCE).toList();
        }
        DeadLetterFilter filter = job.selection().filter();
        DeadLetterPage page = letters.page(filter, after, AT_ONCE);
        while (page.letters().isEmpty() && page.next() != DeadLetterPage.END && !isOver.getAsBoolean()) {
            page = letters.page(filter, page.next(), AT_ONCE);
        }
        return page.letters().stream().map(DeadLetter::id).toList();
    }

    /** What became of letters. */
    record Done(long passed, long discarded, List<Stay> stays, List<Sample> samples, long messages) {
        Progress of(Progress before) {
            return before.through(passed, discarded, stays, samples);
        }
    }

    /** Does it to these letters; returns when that is on disk. */
    Done to(List<Long> ids, Job job) throws InterruptedException {
        return job.deed() == Deed.DISCARD ? discard(ids) : replay(job, ids);
    }

    private Done discard(List<Long> ids) throws InterruptedException {
        long discarded = letters.discard(ids).size();
        spool.flush();
        return new Done(0, discarded, List.of(), List.of(), 0);
    }

    private Done replay(Job job, List<Long> ids) throws InterruptedException {
        List<Stay> stays = new ArrayList<>();
        if (job.deed() == Deed.TRY) {
            List<Sample> samples = new ArrayList<>();
            for (long id : ids) {
                letters.get(id)
                        .map(letter -> messages(letter, job, stays))
                        .filter(each -> !each.isEmpty())
                        .ifPresent(each -> samples.add(sample(id, each)));
            }
            return new Done(samples.size(), 0, stays, samples, 0);
        }
        long[] messages = {0};
        long passed = letters.replay(ids, letter -> {
                    List<Message> replayed = messages(letter, job, stays);
                    messages[0] += replayed.size();
                    return replayed;
                })
                .size();
        // a job on disk says no more than the letters on disk
        spool.flush();
        return new Done(passed, 0, stays, List.of(), messages[0]);
    }

    private static Sample sample(long id, List<Message> messages) {
        return new Sample(
                id,
                messages.stream()
                        .map(message -> new String(message.json(), UTF_8))
                        .toList());
    }

    private List<Message> messages(DeadLetter letter, Job job, List<Stay> stays) {
        try {
            return replay.messages(letter, job.mended());
        } catch (NoReplayException e) {
            stays.add(new Stay(letter.id(), e.getMessage()));
            return List.of();
        }
    }

    /** All that pass leave in one commit, so where one is gone, those that are letters still do not pass. */
    Job afterCrash(Job job) {
        List<Long> ids = job.progress().underWay();
        List<DeadLetter> left =
                ids.stream().flatMap(id -> letters.get(id).stream()).toList();
        if (job.deed() == Deed.TRY || left.size() == ids.size()) {
            return job.at(job.progress().taking(List.of()));
        }
        List<Stay> stays = new ArrayList<>();
        left.forEach(letter -> messages(letter, job, stays));
        long passed = ids.size() - left.size();
        boolean isReplay = job.deed() == Deed.REPLAY;
        return job.at(job.progress().through(isReplay ? passed : 0, isReplay ? 0 : passed, stays, List.of()));
    }
}
