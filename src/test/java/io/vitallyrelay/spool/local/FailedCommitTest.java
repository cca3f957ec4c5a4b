package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static io.vitallyrelay.spool.local.SpoolFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.spool.Outcome;
import java.lang.reflect.Field;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedCommitTest {
    @TempDir
    private Path directory;

    @Test
    void isKeptAndWrittenAgain() throws Exception {
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            // Given a store that failed, and cannot be opened again as long as another one has its file
            ((MVStore) field(field(fixture.spool, "store"), "store")).closeImmediately();
            try (FileChannel file = FileChannel.open(directory.resolve("spool.mv"), StandardOpenOption.WRITE)) {
                file.lock();
                fixture.spool
                        .intake("accounts", "file")
                        .append(List.of(new Outcome.Appended(message("a", "a"), "line 1")), () -> "after a");
                await().until(() -> fixture.spool.status().failure() != null);
            }

            // When
            fixture.spool.flush();

            // Then
            assertThat(fixture.spool.status().failure()).isNull();
        }
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            assertThat(contents(restarted.take(1))).containsExactly("a");
            assertThat(restarted.counts("file").resumeAt()).isEqualTo("after a");
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}
