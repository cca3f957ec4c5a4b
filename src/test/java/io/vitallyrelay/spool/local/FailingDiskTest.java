package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetters;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.SpoolClosedException;
import io.vitallyrelay.spool.SpoolException;
import io.vitallyrelay.spool.UnitCounts;
import io.vitallyrelay.spool.local.FailingDisk.Fault;
import io.vitallyrelay.spool.local.FailingDisk.Loss;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A source, a lane and an operator go on while the disk fails: at fixed places, and at places drawn from a seed. The process is killed, and the
 * power is cut, in the middle of what fails and once it is over; what that leaves is opened on a disk that works. Run again with
 * {@code -Dspool.seed=}, longer with {@code -Dspool.rounds=}.
 */
@Timeout(600)
class FailingDiskTest {
    private static final int FIXED_PLACES = 6;
    private static final int ROUNDS = Integer.getInteger("spool.rounds", 300) / 60;
    private static final long SEED = Long.getLong("spool.seed", System.nanoTime());
    private static final int BATCH = 8;
    private static final int BATCHES = 10;
    private static final String AGAIN = " again";
    private static final Duration SHORTLY = Duration.ofMillis(20);

    @TempDir
    Path directory;

    @BeforeAll
    static void printSeed() {
        System.out.println("FailingDiskTest: -Dspool.seed=" + SEED);
    }

    @Test
    void writesOnWhereTheDiskTookFewerBytes() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.SHORT_WRITE);
    }

    @Test
    void writesACommitAgainOfWhichAPartWasWritten() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.TORN_WRITE);
    }

    @Test
    void writesACommitAgainForWhichThereWasNoRoom() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.FULL);
    }

    @Test
    void writesACommitAgainOfWhichNothingWasWritten() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.BROKEN_WRITE);
    }

    @Test
    void writesACommitAgainThatCouldNotBeForced() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.BROKEN_FORCE);
    }

    @Test
    void neverStartsWithLessThanWasForcedWhenTheDiskForgetsWhatItCouldNotForce() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.FORGETTING_FORCE);
    }

    @Test
    void neverStartsWithLessThanWasForcedWhenTheDiskLies() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.LYING_FORCE);
    }

    @Test
    void readsAgainWhatTheDiskCouldNotRead() throws Exception {
        everythingAcknowledgedIsThereAfter(Fault.BROKEN_READ);
    }

    @ParameterizedTest
    @EnumSource
    void aFirstStartThatFailsSaysSoAndHindersNoLaterOne(Fault fault) throws Exception {
        for (int place = 0; place < FIXED_PLACES; place++) {
            // Given
            Path folder = Files.createDirectory(directory.resolve("first" + place));
            try (FailingDisk disk = new FailingDisk(folder, new Random(place))) {
                disk.fail(fault, place, 1, () -> {});

                // When
                try (SpoolFixture first = SpoolFixture.on(disk, folder)) {
                    first.append("file", "a");
                } catch (SpoolException e) {
                    assertThat(e).hasMessageStartingWith("cannot ").hasMessageNotContaining("damaged");
                }

                // Then
                disk.mend();
                try (SpoolFixture later = SpoolFixture.on(disk, folder)) {
                    later.append("file", "b");
                    assertThat(SpoolFixture.contents(later.take(1))).containsAnyOf("a", "b");
                }
            }
        }
    }

    @Test
    void saysWhyItWaitsUntilItGoesOn() throws Exception {
        // Given
        try (FailingDisk disk = new FailingDisk(directory, new Random(SEED));
                SpoolFixture fixture = SpoolFixture.on(disk, directory)) {
            disk.fail(Fault.FULL, 0, Integer.MAX_VALUE, () -> {});
            CompletableFuture<Void> source = CompletableFuture.runAsync(() -> {
                try {
                    fixture.append("file", "a");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });

            // When
            await().until(() -> fixture.spool.status().failure() != null);

            // Then
            assertThat(fixture.spool.status().failure()).contains("No space left on device");
            assertThat(source).isNotDone();
            disk.mend();
            source.get(20, TimeUnit.SECONDS);
            assertThat(fixture.spool.status().failure()).isNull();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void settlesWithTheCommitWhereTheLogOfDeliveriesCannotBeWritten() throws Exception {
        // Given
        new SpoolFixture(directory).close();
        for (String log : List.of("delivered.0", "delivered.1")) {
            Files.delete(directory.resolve(log));
            Files.createSymbolicLink(directory.resolve(log), Path.of("/dev/full"));
        }
        Path killed = directory.resolve("killed");
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            fixture.append("file", "a", "b");

            // When
            fixture.lane().settle(List.of(Settled.delivered(fixture.take(1).get(0))));

            // Then
            Files.createDirectory(killed);
            for (String name : List.of("spool.mv", "letters.mv", "synced", "format")) {
                Files.copy(directory.resolve(name), killed.resolve(name));
            }
        }
        try (SpoolFixture restarted = new SpoolFixture(killed)) {
            assertThat(SpoolFixture.contents(restarted.take(1))).containsExactly("b");
        }
    }

    @Test
    void refusesARecordThatCannotBeWrittenWhenNoSourceMayWait() throws Exception {
        // Given
        try (FailingDisk disk = new FailingDisk(directory, new Random(SEED));
                SpoolFixture fixture = SpoolFixture.on(disk, directory)) {
            disk.fail(Fault.BROKEN_FORCE, 0, Integer.MAX_VALUE, () -> {});
            fixture.spool.letNoSourceWait();

            // When
            assertThatThrownBy(() -> fixture.append("file", "a"))
                    // Then
                    .isInstanceOf(SpoolClosedException.class);
        }
    }

    @Test
    void doesNotBringBackALetterThatAStartRemoved() throws Exception {
        // Given: a loss of power that left a letter without the commit with which it came
        Path older = Files.createDirectory(directory.resolve("older"));
        Path folder = directory.resolve("folder");
        new SpoolFixture(folder).close();
        for (String name : List.of("spool.mv", "synced")) {
            Files.copy(folder.resolve(name), older.resolve(name));
        }
        try (SpoolFixture fixture = new SpoolFixture(folder)) {
            RecordIntake intake = fixture.intake("accounts", "file");
            intake.dead(new DeadRecord("1", DeadLetterCode.MAPPING, "no", Content.raw(new byte[10], false)));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();
        }
        for (String name : List.of("spool.mv", "synced")) {
            Files.copy(older.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path again = directory.resolve("again");
        try (FailingDisk disk = new FailingDisk(folder, new Random(SEED));
                SpoolFixture fixture = SpoolFixture.on(disk, folder)) {
            assertThat(fixture.letters()).isEmpty();
            fixture.append("file", "a");

            // When
            disk.cutPower(again, Loss.ALL);
        }

        // Then
        try (SpoolFixture fixture = new SpoolFixture(again)) {
            assertThat(fixture.letters()).isEmpty();
            assertThat(SpoolFixture.contents(fixture.take(1))).containsExactly("a");
        }
    }

    private void everythingAcknowledgedIsThereAfter(Fault fault) throws Exception {
        // Given
        List<Round> rounds = new ArrayList<>();
        for (int place = 0; place < FIXED_PLACES; place++) {
            for (Since since : Since.values()) {
                rounds.add(new Round(fault, since, place, 1, rounds.size()));
            }
        }
        Random random = new Random(SEED);
        for (int i = 0; i < ROUNDS; i++) {
            Since since = Since.values()[random.nextInt(Since.values().length)];
            rounds.add(new Round(fault, since, random.nextInt(25), 1 + random.nextInt(2), random.nextLong()));
        }

        // When
        List<String> wrong = new ArrayList<>();
        int failed = 0;
        // they mostly wait: for the disk, and for the next try
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            List<Future<Round>> running = rounds.stream()
                    .map(round -> threads.submit(() -> {
                        try {
                            round.run();
                        } catch (RuntimeException | AssertionError e) {
                            round.wrong.add(round.name + ": " + e);
                        }
                        return round;
                    }))
                    .toList();
            for (Future<Round> round : running) {
                wrong.addAll(round.get().wrong);
                failed += round.get().failed ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat(failed).isGreaterThanOrEqualTo(FIXED_PLACES);
    }

    /** From when on the disk fails. */
    private enum Since {
        WHILE_IT_RUNS,
        A_START_AFTER_A_KILL,
        A_START_AFTER_A_CLOSE
    }

    /** What a source, a lane and an operator were told, and what they asked for. A replayed message is the negative of its number. */
    private static final class Told {
        /** Records whose flush returned are those before this one. */
        private volatile int acknowledged;
        /** The same, where the disk said so honestly. */
        private volatile int forced;

        private final Set<Integer> handedToSettle = ConcurrentHashMap.newKeySet();
        private final Set<Integer> settled = ConcurrentHashMap.newKeySet();

        private final Set<Integer> askedToReplay = ConcurrentHashMap.newKeySet();
        private final Set<Integer> askedToDiscard = ConcurrentHashMap.newKeySet();
        /** Letters of which a replay or a discard said that they left. */
        private final Set<Integer> left = ConcurrentHashMap.newKeySet();
        /** The same, where the disk said so honestly. */
        private final Set<Integer> leftForGood = ConcurrentHashMap.newKeySet();
    }

    private interface Leaving {
        List<Long> of(List<Long> ids) throws InterruptedException;
    }

    private final class Round {
        private final Fault fault;
        private final Since since;
        private final int place;
        private final int times;
        private final Random random;
        private final String name;
        private final Told told = new Told();
        private final List<String> wrong = new ArrayList<>();
        private final Path folder;
        private boolean failed;
        private int images;
        private FailingDisk disk;
        private volatile boolean over;

        Round(Fault fault, Since since, int place, int times, long seed) throws IOException {
            this.fault = fault;
            this.since = since;
            this.place = place;
            this.times = times;
            this.random = new Random(seed);
            this.name = fault + " " + since + ", after " + place + ", " + times + " times, seed " + seed;
            this.folder = Files.createTempDirectory(directory, "round");
        }

        void run() throws Exception {
            Path before = folder.resolve("before");
            Files.createDirectory(before);
            disk = new FailingDisk(before, random);
            FailingDisk killed;
            try (SpoolFixture fixture = SpoolFixture.on(disk, before)) {
                work(fixture, 3);
                if (since == Since.WHILE_IT_RUNS) {
                    disk.fail(fault, place, times, this::stopHere);
                    work(fixture, BATCHES);
                    stopAtTheEnd();
                }
                killed = disk.kill(folder.resolve("killed"));
            }
            if (since == Since.A_START_AFTER_A_CLOSE) {
                startAgain(before);
            }
            if (since == Since.A_START_AFTER_A_KILL) {
                disk.close();
                disk = killed;
                startAgain(folder.resolve("killed"));
            }
            if (wrong.isEmpty()) {
                cutPower(Loss.ALL, "after the close");
            }
            disk.close();
            killed.close();
            delete(folder);
        }

        private void startAgain(Path stopped) throws Exception {
            disk.fail(fault, place, times, this::stopHere);
            try (SpoolFixture fixture = SpoolFixture.on(disk, stopped)) {
                work(fixture, BATCHES);
                stopAtTheEnd();
            } catch (SpoolException e) {
                requireWords(e);
                if (e.getMessage().contains("damaged")) {
                    wrong.add(name + ": it is the disk that fails: " + e.getMessage());
                }
                disk.mend();
                try (SpoolFixture fixture = SpoolFixture.on(disk, stopped)) {
                    work(fixture, 1);
                }
            }
        }

        /** A source appends batches and an operator sees to the letters, while a lane settles. */
        private void work(SpoolFixture fixture, int batches) throws Exception {
            over = false;
            Thread lane = new Thread(() -> settle(fixture), "lane");
            lane.start();
            try {
                for (int batch = 0; batch < batches; batch++) {
                    append(fixture);
                    replayAndDiscard(fixture);
                }
            } finally {
                over = true;
                lane.join();
            }
        }

        private void append(SpoolFixture fixture) throws InterruptedException {
            int from = told.acknowledged;
            fixture.append(
                    "file",
                    IntStream.range(from, from + BATCH).mapToObj(this::content).toArray(String[]::new));
            told.acknowledged = from + BATCH;
            if (!disk.lies()) {
                told.forced = from + BATCH;
            }
        }

        /** Of three letters one is replayed, one is discarded and one stays. */
        private void replayAndDiscard(SpoolFixture fixture) throws InterruptedException {
            List<DeadLetter> letters;
            try {
                letters = fixture.letters();
            } catch (SpoolException e) {
                // the disk cannot be read: later
                return;
            }
            DeadLetters spool = fixture.spool.deadLetters();
            leave(
                    letters,
                    0,
                    told.askedToReplay,
                    ids -> spool.replay(ids, letter -> {
                        String again = number(letter) + AGAIN;
                        return List.of(SpoolFixture.message(again, again));
                    }));
            leave(letters, 1, told.askedToDiscard, spool::discard);
        }

        private void leave(List<DeadLetter> letters, int third, Set<Integer> asked, Leaving leaving)
                throws InterruptedException {
            List<DeadLetter> these = letters.stream()
                    .filter(letter -> number(letter) / 6 % 3 == third)
                    .toList();
            List<Integer> numbers = these.stream().map(this::number).toList();
            asked.addAll(numbers);
            List<Long> ids = these.stream().map(DeadLetter::id).toList();
            try {
                if (!leaving.of(ids).equals(ids)) {
                    wrong.add(name + ": letters that were there did not leave: " + numbers);
                }
            } catch (SpoolException e) {
                return;
            }
            told.left.addAll(numbers);
            if (!disk.lies()) {
                told.leftForGood.addAll(numbers);
            }
        }

        private int number(DeadLetter letter) {
            return number(letter.content().bytes());
        }

        private String content(int number) {
            return number + " " + "x".repeat(500 * (number % 7));
        }

        private void settle(SpoolFixture fixture) {
            try {
                while (!over) {
                    for (Pending message : fixture.lane().poll(5, SHORTLY)) {
                        int number = number(message.json());
                        told.handedToSettle.add(number);
                        fixture.lane()
                                .settle(List.of(
                                        isRefused(number)
                                                ? Settled.dead(
                                                        message,
                                                        new Refusal(DeadLetterCode.REFUSED, "no", 422, null, 1, null))
                                                : Settled.delivered(message)));
                        told.settled.add(number);
                    }
                }
            } catch (InterruptedException | SpoolClosedException e) {
                // it was not settled
            }
        }

        private boolean isRefused(int number) {
            return number % 6 == 1;
        }

        private int number(byte[] json) {
            String content = new String(json, StandardCharsets.UTF_8);
            int number = Integer.parseInt(content.split(" ", 2)[0]);
            return content.endsWith(AGAIN) ? -number : number;
        }

        /** In the middle of what fails. */
        private void stopHere() {
            failed = true;
            kill("in the middle");
            cutPower(Loss.ALL, "in the middle");
            cutPower(Loss.SOME, "in the middle");
            cutPower(Loss.OF_SOME_FILES, "in the middle");
        }

        private void stopAtTheEnd() {
            kill("at the end");
            cutPower(Loss.ALL, "at the end");
            cutPower(Loss.SOME, "at the end");
            cutPower(Loss.OF_SOME_FILES, "at the end");
        }

        private void kill(String when) {
            int atLeast = told.acknowledged;
            Set<Integer> settled = Set.copyOf(told.settled);
            Set<Integer> left = Set.copyOf(told.left);
            Path image = image();
            disk.kill(image).close();
            check(image, "killed " + when, atLeast, settled, left, false);
        }

        private void cutPower(Loss loss, String when) {
            // without a force nothing is promised
            int atLeast = told.forced;
            Set<Integer> left = Set.copyOf(told.leftForGood);
            boolean lies = disk.lies();
            Path image = image();
            disk.cutPower(image, loss);
            boolean mayRefuse = lies || loss == Loss.SOME;
            check(image, "without power " + when + ", losing " + loss, atLeast, Set.of(), left, mayRefuse);
        }

        private Path image() {
            return folder.resolve("image" + images++);
        }

        private void check(
                Path image, String how, int atLeast, Set<Integer> settled, Set<Integer> left, boolean mayRefuse) {
            // one that does not fail, and, other than a real one, forces in no time
            try (FailingDisk works = new FailingDisk(image, random);
                    SpoolFixture fixture = SpoolFixture.on(works, image)) {
                checkContent(fixture, atLeast, settled, left);
                fixture.append("another file", "goes on");
            } catch (SpoolException e) {
                requireWords(e);
                if (!mayRefuse) {
                    wrong.add(name + ", " + how + ": " + e.getMessage());
                }
            } catch (AssertionError | RuntimeException | InterruptedException e) {
                wrong.add(name + ", " + how + ": " + e);
            }
        }

        private void checkContent(SpoolFixture fixture, int atLeast, Set<Integer> settled, Set<Integer> left)
                throws InterruptedException {
            if (atLeast == 0 && fixture.units().isEmpty()) {
                return;
            }
            UnitCounts counts = fixture.counts("file");
            List<Integer> pending = new ArrayList<>();
            for (List<Pending> some = fixture.lane().poll(1000, Duration.ZERO);
                    !some.isEmpty();
                    some = fixture.lane().poll(1000, Duration.ZERO)) {
                some.forEach(message -> pending.add(number(message.json())));
            }
            List<Integer> letters = fixture.letters().stream().map(this::number).toList();
            List<Integer> there = Stream.concat(pending.stream().map(Math::abs), letters.stream())
                    .toList();
            Set<Integer> gone = new TreeSet<>(
                    IntStream.range(0, (int) counts.read()).boxed().toList());
            there.forEach(gone::remove);
            Set<Integer> discarded = new TreeSet<>(gone);
            discarded.retainAll(told.askedToDiscard);
            Set<Integer> delivered = new TreeSet<>(gone);
            delivered.removeAll(discarded);

            assertThat(counts.read()).as("records").isGreaterThanOrEqualTo(atLeast);
            assertThat(counts.resumeAt()).as("resume point").isEqualTo("after " + content((int) counts.read() - 1));
            assertThat(there).as("pending, or a dead letter").doesNotHaveDuplicates();
            assertThat(pending).as("pending").hasSize((int) counts.pending()).noneMatch(settled::contains);
            assertThat(pending.stream().filter(number -> number >= 0))
                    .as("in order")
                    .isSorted();
            assertThat(pending.stream().filter(number -> number < 0).map(Math::abs))
                    .as("replayed")
                    .allMatch(told.askedToReplay::contains);
            assertThat(letters)
                    .as("dead letters")
                    .hasSize((int) counts.dead())
                    .allMatch(this::isRefused)
                    .allMatch(told.handedToSettle::contains)
                    .noneMatch(number -> settled.contains(-number));
            assertThat(there.stream().filter(number -> !pending.contains(-number)))
                    .as("had left")
                    .noneMatch(left::contains);
            assertThat(delivered.stream().map(number -> isRefused(number) ? -number : number))
                    .as("delivered")
                    .allMatch(told.handedToSettle::contains);
            assertThat(counts.counts().discarded()).as("counted as discarded").isEqualTo(discarded.size());
            assertThat(counts.delivered()).as("counted as delivered").isEqualTo(delivered.size());
        }

        private void requireWords(SpoolException e) {
            if (!e.getMessage().startsWith("the spool ") && !e.getMessage().startsWith("cannot ")) {
                wrong.add(name + ": refuses without words: " + e);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
