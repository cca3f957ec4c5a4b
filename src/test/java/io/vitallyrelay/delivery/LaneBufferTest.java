package io.vitallyrelay.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.TemporarySpool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaneBufferTest {
    private static final Duration PATIENTLY = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final UnderWay underWay = new UnderWay();
    private TemporarySpool spool;
    private LaneBuffer buffer;
    private final Gate gate = new Gate(
            new Gate.Options(1, 0, Duration.ofMinutes(1), InstantSource.system(), System::nanoTime, new Random(3)),
            new Stop());

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
        buffer = new LaneBuffer(spool.lane(), new LaneStates(1).of(0), new Batch.Limits(3, 1000, 10), underWay, gate);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void fillsABatchUpToItsLimitAndKeepsTheRestForTheNextOne() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 2));
        Batch batch = begin();
        spool.append(TemporarySpool.numbered(2, 2));
        buffer.take(PATIENTLY);

        // When
        buffer.fill(batch);

        // Then
        assertThat(texts(batch)).containsExactly(TemporarySpool.numbered(0, 3));
        assertThat(texts(buffer.begin())).containsExactly(TemporarySpool.numbered(3, 1));
    }

    @Test
    void saysHowManyMessagesAreCollected() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 2));

        // When
        begin();

        // Then
        assertThat(buffer.state().now()).isEqualTo(new LaneState.Now(LaneState.Doing.COLLECTING, 2, null));
    }

    @Test
    void takesNoMoreThanABatchMayHave() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 10));

        // When
        buffer.take(PATIENTLY);

        // Then
        assertThat(spool.rest()).containsExactly(TemporarySpool.numbered(3, 7));
    }

    @Test
    void takesNothingWhileSomethingIsLeft() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 10));
        buffer.take(PATIENTLY);

        // When
        boolean something = buffer.take(PATIENTLY);

        // Then
        assertThat(something).isTrue();
        assertThat(spool.rest()).containsExactly(TemporarySpool.numbered(3, 7));
    }

    @Test
    void saysThatThereIsNothing() throws Exception {
        // When
        boolean something = buffer.take(Duration.ZERO);

        // Then
        assertThat(something).isFalse();
    }

    @Test
    void letsNothingInHandOvertakeWhatComesBack() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 3));
        Batch batch = begin();
        spool.append(TemporarySpool.numbered(3, 2));
        buffer.take(PATIENTLY);

        // When
        buffer.giveBack(batch.messages());

        // Then
        assertThat(texts(buffer.begin())).containsExactly(TemporarySpool.numbered(0, 3));
        assertThat(texts(buffer.begin())).containsExactly(TemporarySpool.numbered(3, 2));
    }

    @Test
    void countsWhatIsInBatchesAsUnderWay() throws Exception {
        // Given
        spool.append(TemporarySpool.numbered(0, 3));
        begin();

        // When
        underWay.remove(3);

        // Then
        assertThat(underWay.awaitNone(Duration.ZERO)).isTrue();
    }

    private Batch begin() throws InterruptedException {
        buffer.take(PATIENTLY);
        return buffer.begin();
    }

    private static List<String> texts(Batch batch) {
        return TemporarySpool.texts(batch.messages());
    }
}
