package io.vitallyrelay.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxFeedTest {
    @TempDir
    private Path data;

    private Path inbox;
    private Sample sample;

    @BeforeEach
    void writeSample() throws IOException {
        inbox = data.resolve("inbox/users");
        sample = new Sample("users", Files.writeString(data.resolve("sample.csv"), "id\n1\n"));
    }

    @Test
    void dropsACopyAndNothingElse() throws IOException {
        // When
        new InboxFeed(data).feed(sample);

        // Then
        try (Stream<Path> dropped = Files.list(inbox)) {
            assertThat(dropped)
                    .singleElement()
                    .satisfies(
                            file -> assertThat(file).hasFileName("sample.csv").hasSameBinaryContentAs(sample.file()));
        }
    }

    @Test
    void isTakenWhenItsCopyIsGone() throws IOException {
        // Given
        Fed fed = new InboxFeed(data).feed(sample);
        boolean before = fed.isTaken();

        // When
        Files.delete(inbox.resolve("sample.csv"));

        // Then
        assertThat(List.of(before, fed.isTaken())).containsExactly(false, true);
    }
}
