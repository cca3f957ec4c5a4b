package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class FileProgressTest {
    private long ticks;
    private final FileProgress progress = new FileProgress(1000, () -> ticks);
    private final InputStream file = progress.counting(new ByteArrayInputStream(new byte[1000]));

    @Test
    void isTheShareOfTheBytesThatAreRead() throws Exception {
        // When
        file.readNBytes(413);

        // Then
        assertThat(progress.percent()).isEqualTo(41.3);
    }

    @Test
    void tellsTheTimeThatIsLeftAtThePaceSoFar() throws Exception {
        // When
        file.readNBytes(250);
        ticks += 10_000_000_000L;

        // Then
        assertThat(progress.secondsLeft()).isEqualTo(30);
    }

    @Test
    void tellsNoTimeBeforeThePaceIsKnown() throws Exception {
        // When
        file.readNBytes(250);

        // Then
        assertThat(progress.secondsLeft()).isNull();
    }

    @Test
    void isThroughWithAnEmptyFile() {
        assertThat(new FileProgress(0, () -> ticks).percent()).isEqualTo(100);
    }
}
