package io.vitallyrelay.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.letters.Job.Deed;
import io.vitallyrelay.letters.Job.Progress;
import io.vitallyrelay.letters.Job.State;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.Json;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JobsTest {
    private static final String USER =
            "{\"type\":\"user\",\"messageId\":\"m1\",\"timestamp\":\"2026-01-01T00:00:00.000Z\","
                    + "\"userId\":\"u1\",\"accountId\":\"a1\",\"traits\":{}}";
    private static final Selection ALL = Selection.of(DeadLetterFilter.ALL);

    @TempDir
    Path folder;

    private TemporarySpool spool;
    private Thread thread;
    private final List<Jobs> opened = new ArrayList<>();
    private final CopyOnWriteArrayList<Job> ended = new CopyOnWriteArrayList<>();
    /** Today's: what says bad is none, what says many becomes two. */
    private Mapping mapping = (origin, record) -> {
        String text = new String(record, StandardCharsets.UTF_8);
        if (text.contains("bad")) {
            throw new NoReplayException("name: is bad");
        }
        return IntStream.range(0, text.contains("many") ? 2 : 1)
                .mapToObj(i -> mapped(origin, i))
                .toList();
    };

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder.resolve("spool"));
    }

    @AfterEach
    void close() throws InterruptedException {
        opened.forEach(Jobs::stop);
        if (thread != null) {
            thread.join();
        }
        spool.close();
    }

    @Test
    void sendsAMessageAsItWasUnderItsOldId() throws Exception {
        // Given
        long id = refused(USER);

        // When
        Job job = done(order(Deed.REPLAY, Selection.ofIds(List.of(id))));

        // Then
        assertThat(spool.rest()).containsExactly(USER);
        assertThat(spool.deadLetters()).isEmpty();
        assertThat(counts(job)).isEqualTo(List.of(1L, 1L, 0L, 0L, 0L));
        assertThat(spool.spool().ledger().totals()).isEqualTo(new Counts(1, 0, 0, 0, 0));
    }

    @Test
    void mapsRecordsAgainAndLeavesWhatWouldBeALetterAgain() throws Exception {
        // Given
        records("{\"n\":1}", "{\"n\":\"bad\"}", "{\"n\":\"many\"}");
        bury(new DeadRecord("4", DeadLetterCode.MALFORMED, "no", Content.raw(utf8("x,"), false)));

        // When
        Job job = done(order(Deed.REPLAY, ALL));

        // Then
        assertThat(spool.rest()).containsExactly("of 1, 0", "of 3, 0", "of 3, 1");
        assertThat(counts(job)).isEqualTo(List.of(4L, 2L, 0L, 2L, 0L));
        assertThat(job.progress().stays())
                .extracting(Job.Stay::why)
                .containsExactly("name: is bad", "it is no record: it has to be mended");
        assertThat(spool.deadLetters())
                .extracting(letter -> letter.origin().position())
                .containsExactly("2", "4");
        assertThat(spool.spool().ledger().totals()).isEqualTo(new Counts(5, 0, 2, 0, 0));
    }

    @Test
    void triesWithoutChangingAnything() throws Exception {
        // Given
        records("{\"n\":1}", "{\"n\":\"bad\"}");
        List<DeadLetter> before = spool.deadLetters();

        // When
        Job job = done(order(Deed.TRY, ALL));

        // Then
        assertThat(counts(job)).isEqualTo(List.of(2L, 1L, 0L, 1L, 0L));
        assertThat(job.progress().first())
                .containsExactly(new Job.Sample(before.get(0).id(), List.of("of 1, 0")));
        assertThat(spool.deadLetters()).hasSize(2);
        assertThat(spool.rest()).isEmpty();
        assertThat(audit().last(10)).isEmpty();
    }

    @Test
    void discardsAndSaysWhoWantedItAndWhy() throws Exception {
        // Given
        records("{}", "{}");

        // When
        Job job = done(new Jobs.Order(Deed.DISCARD, ALL, null, "a test", "anna", "10.0.0.1"));

        // Then
        assertThat(counts(job)).isEqualTo(List.of(2L, 0L, 2L, 0L, 0L));
        assertThat(spool.spool().ledger().totals()).isEqualTo(new Counts(2, 0, 0, 2, 0));
        assertThat(audit().last(10)).singleElement().satisfies(entry -> {
            assertThat(entry.get("by").textValue()).isEqualTo("anna");
            assertThat(entry.get("from").textValue()).isEqualTo("10.0.0.1");
            assertThat(entry.get("deed").textValue()).isEqualTo("discard");
            assertThat(entry.at("/what/why").textValue()).isEqualTo("a test");
        });
    }

    @Test
    void takesAMendedMessageUnderTheOldIdAndKeepsTheOriginal() throws Exception {
        // Given
        long id = refused(USER);

        // When
        done(mended(
                id, true, "{\"type\":\"user\",\"userId\":\"u2\",\"accountId\":\"a1\",\"traits\":{\"name\":\"Ann\"}}"));

        // Then
        assertThat(spool.rest())
                .singleElement()
                .asString()
                .contains("\"messageId\":\"m1\"", "\"userId\":\"u2\"", "Ann");
        assertThat(audit().last(1).get(0).at("/what/original").textValue()).isEqualTo(USER);
    }

    @Test
    void refusesAMendedMessageThatIsNone() throws Exception {
        // Given
        long id = refused(USER);
        Jobs jobs = jobs();

        // When, Then
        assertThatExceptionOfType(NoReplayException.class)
                .isThrownBy(() -> jobs.take(mended(id, true, "{\"type\":\"user\",\"userId\":\"u2\"}")))
                .withMessage("accountId or organizationId: required for user, is absent");
        assertThatExceptionOfType(NoReplayException.class)
                .isThrownBy(() -> jobs.take(mended(id, false, "{\"n\":\"bad\"}")))
                .withMessage("name: is bad");
        assertThat(jobs.last(10)).isEmpty();
        assertThat(audit().last(10)).isEmpty();
    }

    @Test
    void leavesLettersThatCameAfterItWasAskedFor() throws Exception {
        // Given
        records("{\"n\":1}");
        Jobs jobs = jobs();
        Job job = jobs.take(order(Deed.REPLAY, ALL));
        await().until(() -> Instant.now().isAfter(job.at().plusMillis(2)));
        records("{\"n\":2}");

        // When
        run(jobs);

        // Then
        assertThat(counts(over(job.id()))).isEqualTo(List.of(1L, 1L, 0L, 0L, 0L));
        assertThat(spool.deadLetters()).hasSize(1);
    }

    @Test
    void goesOnWhereAKillLeftItAndCountsWhatIsDoneOnce() throws Exception {
        // Given: killed between the commit of two letters, of which one does not pass, and the note of it
        records("{\"n\":1}", "{\"n\":\"bad\"}", "{\"n\":3}");
        List<Long> ids = spool.deadLetters().stream().map(DeadLetter::id).toList();
        Job job = jobs().take(order(Deed.REPLAY, ALL));
        Progress taking = job.progress().begun(Instant.now(), 3).taking(ids.subList(0, 2));
        new JobFiles(folder.resolve("jobs")).write(job.at(taking));
        spool.spool().deadLetters().replay(ids.subList(0, 1), letter -> List.of(mapped(letter.origin(), 0)));

        // When
        run(jobs());

        // Then
        Job over = over(job.id());
        assertThat(counts(over)).isEqualTo(List.of(3L, 2L, 0L, 1L, 0L));
        assertThat(over.progress().stays()).containsExactly(new Job.Stay(ids.get(1), "name: is bad"));
        assertThat(spool.rest()).containsExactly("of 1, 0", "of 3, 0");
    }

    @Test
    void goesOnWhereAKillLeftItBeforeTheCommit() throws Exception {
        // Given
        records("{\"n\":1}", "{\"n\":2}");
        List<Long> ids = spool.deadLetters().stream().map(DeadLetter::id).toList();
        Job job = jobs().take(order(Deed.DISCARD, ALL));
        new JobFiles(folder.resolve("jobs"))
                .write(job.at(job.progress().begun(Instant.now(), 2).taking(ids)));

        // When
        run(jobs());

        // Then
        assertThat(counts(over(job.id()))).isEqualTo(List.of(2L, 0L, 2L, 0L, 0L));
    }

    @Test
    void endsBeforeTheNextLettersWhereItIsCancelled() throws Exception {
        // Given: more than are changed at once, and the first of them is being mapped
        records(IntStream.range(0, 1200).mapToObj(i -> "{\"n\":" + i + "}").toArray(String[]::new));
        CountDownLatch maps = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Mapping usual = mapping;
        mapping = (origin, record) -> {
            maps.countDown();
            awaitUninterruptibly(goOn);
            return usual.messages(origin, record);
        };
        Jobs jobs = jobs();
        Job job = jobs.take(order(Deed.REPLAY, ALL));
        run(jobs);
        maps.await();

        // When
        jobs.cancel(job.id(), "anna", null);
        goOn.countDown();

        // Then
        Job over = over(job.id());
        assertThat(over.progress().state()).isEqualTo(State.CANCELLED);
        assertThat(over.progress().passed()).isBetween(1L, 1199L);
        assertThat(spool.rest()).hasSize((int) over.progress().passed());
        assertThat(spool.deadLetters()).hasSize((int) (1200 - over.progress().passed()));
        assertThat(audit().last(1).get(0).get("deed").textValue()).isEqualTo("cancel");
    }

    @Test
    void doesOneJobAfterTheOtherSoThatNoLetterIsTakenTwice() throws Exception {
        // Given
        records("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        Jobs jobs = jobs();
        List<Long> ids = spool.deadLetters().stream().map(DeadLetter::id).toList();

        // When
        Job first = jobs.take(order(Deed.REPLAY, Selection.ofIds(ids)));
        Job second = jobs.take(order(Deed.DISCARD, Selection.ofIds(ids)));
        run(jobs);

        // Then
        assertThat(counts(over(first.id()))).isEqualTo(List.of(3L, 3L, 0L, 0L, 0L));
        assertThat(counts(over(second.id()))).isEqualTo(List.of(3L, 0L, 0L, 0L, 3L));
        assertThat(spool.rest()).hasSize(3);
    }

    // ---- what the tests say

    private long refused(String json) throws InterruptedException {
        spool.append(MessageType.USER, "user:u1", json);
        spool.lane()
                .settle(List.of(Settled.dead(
                        spool.take(1).get(0), new Refusal(DeadLetterCode.REFUSED, "no", 422, "no", 1, null))));
        return spool.deadLetters().get(0).id();
    }

    private void records(String... records) throws InterruptedException {
        int number = 0;
        for (String record : records) {
            number++;
            bury(new DeadRecord(Integer.toString(number), DeadLetterCode.CONTRACT, "no", Content.record(utf8(record))));
        }
    }

    private void bury(DeadRecord dead) throws InterruptedException {
        spool.spool().intake("accounts", "file").append(List.of(new Outcome.Dead(dead)), ResumePoint.NONE);
        spool.spool().flush();
    }

    private static Message mapped(Origin origin, int index) {
        return new Message(MessageType.USER, "id", "user:1", utf8("of " + origin.position() + ", " + index));
    }

    private Audit audit() {
        return new Audit(folder.resolve("audit.jsonl"));
    }

    /** All of the folder, as a start opens them. */
    private Jobs jobs() {
        Contract contract = new Contract(10_000, InstantSource.system());
        Replay replay = new Replay(contract, (origin, record) -> mapping.messages(origin, record));
        Jobs jobs = Jobs.in(
                folder.resolve("jobs"), spool.spool(), replay, audit(), 100, InstantSource.system(), ended::add);
        opened.add(jobs);
        return jobs;
    }

    private static Jobs.Order order(Deed deed, Selection selection) {
        return new Jobs.Order(deed, selection, null, null, "operator", null);
    }

    private static Jobs.Order mended(long id, boolean isMessage, String json) throws Exception {
        JsonNode tree = Json.tree(json);
        return new Jobs.Order(
                Deed.REPLAY, Selection.ofIds(List.of(id)), new Job.Mended(isMessage, tree), null, "operator", null);
    }

    private void run(Jobs jobs) {
        thread = new Thread(() -> {
            try {
                jobs.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.start();
    }

    private Job done(Jobs.Order order) throws Exception {
        Jobs jobs = jobs();
        Job job = jobs.take(order);
        run(jobs);
        Job over = over(job.id());
        assertThat(over.progress().state()).isEqualTo(State.DONE);
        return over;
    }

    /** As it is on disk. */
    private Job over(long id) throws Exception {
        await().until(() -> ended.stream().anyMatch(job -> job.id() == id));
        return new JobFiles(folder.resolve("jobs"))
                .read().stream().filter(job -> job.id() == id).findFirst().orElseThrow();
    }

    private static List<Long> counts(Job job) {
        Progress progress = job.progress();
        return List.of(
                progress.selected(), progress.passed(), progress.discarded(), progress.stayed(), progress.gone());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
