package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadLetterPage;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.LettersThat;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads and replays dead letters keeps nobody from appending and settling. */
class LocalDeadLettersTest {
    /** More than two steps. */
    private static final int LETTERS = 300;

    /** Else it is more than 90 MB. */
    private static final long MOST_BYTES = 75 << 20;

    private static final DeadLetterFilter NONE =
            new LettersThat().haveReason("nothing like it").filter();

    @TempDir
    Path directory;

    @Test
    void appendsAndSettlesWhileALetterIsReplayed() throws Exception {
        // Given: a mapping that stands still
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "accounts", 1);
            CompletableFuture<List<Long>> replay = CompletableFuture.supplyAsync(() -> replay(fixture, letter -> {
                inside.countDown();
                await(goOn);
                return List.of(SpoolFixture.message("mended", "mended"));
            }));
            inside.await();

            try {
                // When
                CompletableFuture<List<String>> delivery = CompletableFuture.supplyAsync(() -> deliverOne(fixture));

                // Then
                assertThat(delivery.get(20, TimeUnit.SECONDS)).containsExactly("good");
                assertThat(replay).isNotDone();
            } finally {
                goOn.countDown();
            }
            assertThat(replay.get(20, TimeUnit.SECONDS)).containsExactly(1L);
            assertThat(contents(fixture.take(1))).containsExactly("mended");
        }
    }

    private static List<Long> replay(SpoolFixture fixture, Function<DeadLetter, List<Message>> edit) {
        try {
            return fixture.spool.deadLetters().replay(List.of(1L), edit);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> deliverOne(SpoolFixture fixture) {
        try {
            fixture.append("file", "good");
            List<Pending> taken = fixture.take(1);
            fixture.lane().settle(List.of(Settled.delivered(taken.get(0))));
            // waits for a commit, as a delivery alone does not
            RecordIntake intake = fixture.intake("accounts", "file");
            intake.dead(new DeadRecord("line 2", DeadLetterCode.CONTRACT, "absent", Content.record(new byte[10])));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();
            return contents(taken);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 128, 129, 1000})
    void pagesThroughAllLettersOnceWhateverThePage(int limit) throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "accounts", LETTERS);
            List<String> positions = new ArrayList<>();

            // When
            long after = 0;
            for (DeadLetterPage page = fixture.spool.deadLetters().page(DeadLetterFilter.ALL, after, limit);
                    !page.letters().isEmpty();
                    page = fixture.spool.deadLetters().page(DeadLetterFilter.ALL, after, limit)) {
                assertThat(page.total()).isEqualTo(LETTERS);
                page.letters().forEach(letter -> positions.add(letter.origin().position()));
                after = page.letters().get(page.letters().size() - 1).id();
            }

            // Then
            assertThat(positions).hasSize(LETTERS).doesNotHaveDuplicates();
        }
    }

    @Test
    void countsTheLettersOfAnIntegration() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "accounts", 5);
            bury(fixture, "users", 3);

            // When
            DeadLetterPage page = fixture.spool.deadLetters().page(DeadLetterFilter.ofIntegration("users"), 0, 2);

            // Then
            assertThat(page.total()).isEqualTo(3);
            assertThat(page.letters())
                    .hasSize(2)
                    .allSatisfy(
                            letter -> assertThat(letter.origin().integration()).isEqualTo("users"));
        }
    }

    @Test
    void countsAllThatAFilterAcceptsAlsoBehindThePage() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "accounts", LETTERS);
            DeadLetterFilter every = new LettersThat()
                    .haveReason("absent")
                    .cameSince(Instant.EPOCH)
                    .filter();

            // When
            DeadLetterPage page = fixture.spool.deadLetters().page(every, 200, 3);

            // Then
            assertThat(page.total()).isEqualTo(LETTERS);
            assertThat(page.letters()).extracting(DeadLetter::id).containsExactly(201L, 202L, 203L);
        }
    }

    @Test
    void findsNothingWhereNothingFits() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            bury(fixture, "accounts", LETTERS);

            // When
            DeadLetterPage page = fixture.spool.deadLetters().page(NONE, 0, 100);

            // Then
            assertThat(page).isEqualTo(new DeadLetterPage(0, List.of(), DeadLetterPage.END));
        }
    }

    @Test
    void givesTheSpaceOfLettersBackThatLeft() throws Exception {
        // Given: 100 MB of letters of which a few of each commit stay
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            for (int commit = 0; commit < 100; commit++) {
                bury(fixture, "accounts", 256);

                // When
                List<Long> all =
                        fixture
                                .spool
                                .deadLetters()
                                .page(DeadLetterFilter.ALL, commit * 256L + 8, 256)
                                .letters()
                                .stream()
                                .map(DeadLetter::id)
                                .toList();
                assertThat(fixture.spool.deadLetters().discard(all)).hasSize(248);
            }

            // Then
            assertThat(fixture.letters()).hasSize(800);
            assertThat(Files.size(directory.resolve("letters.mv"))).isLessThan(MOST_BYTES);
        }
    }

    private static void bury(SpoolFixture fixture, String integration, int count) throws InterruptedException {
        RecordIntake intake = fixture.intake(integration, "file");
        for (int i = 0; i < count; i++) {
            intake.dead(new DeadRecord("line " + i, DeadLetterCode.CONTRACT, "absent", Content.record(new byte[4000])));
            intake.recordDone(ResumePoint.NONE);
        }
        intake.flush();
    }
}
