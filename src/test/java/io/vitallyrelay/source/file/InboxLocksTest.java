package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxLocksTest {
    @TempDir
    private Path folder;

    private InboxLocks ours;
    private InboxLocks others;

    @BeforeEach
    void makeTwoServices() {
        ours = new InboxLocks(folder.resolve("ours"));
        others = new InboxLocks(folder.resolve("others"));
    }

    @AfterEach
    void close() {
        ours.close();
        others.close();
    }

    /** The other service's inbox is a link to ours. */
    private void share(String integration) throws IOException {
        Path inbox = Files.createDirectories(folder.resolve("ours").resolve(integration));
        Files.createDirectories(folder.resolve("others"));
        Files.createSymbolicLink(folder.resolve("others").resolve(integration), inbox);
    }

    @Test
    void refusesAnInboxThatAnotherServiceHas() throws Exception {
        // Given
        share("messages");
        ours.take("messages");

        // When
        Throwable refusal = catchThrowable(() -> others.take("messages"));

        // Then
        assertThat(refusal)
                .isInstanceOf(InboxInUseException.class)
                .hasMessageContaining(folder.resolve("others/messages").toString());
    }

    @Test
    void letsTheRoutesOfOneServiceShareAnInbox() throws Exception {
        // Given
        ours.take("messages");

        // When
        Throwable refusal = catchThrowable(() -> ours.take("messages"));

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void refusesItStillWhenASecondRouteTookItToo() throws Exception {
        // Given
        share("messages");
        ours.take("messages");
        ours.take("messages");

        // When
        Throwable refusal = catchThrowable(() -> others.take("messages"));

        // Then
        assertThat(refusal).isInstanceOf(InboxInUseException.class);
    }

    @Test
    void letsEachServiceHaveInboxesOfItsOwn() throws Exception {
        // Given
        ours.take("messages");

        // When
        Throwable refusal = catchThrowable(() -> others.take("messages"));

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void givesAllInboxesBackWhenItIsClosed() throws Exception {
        // Given
        share("messages");
        ours.take("messages");
        ours.close();

        // When
        Throwable refusal = catchThrowable(() -> others.take("messages"));

        // Then
        assertThat(refusal).isNull();
    }

    @Test
    void tellsAFolderThatCannotBeLockedFromOneThatIsTaken() throws Exception {
        // Given a lock that cannot be written, as on a read-only disk
        Files.createDirectories(folder.resolve("ours/messages/.lock"));

        // When
        Throwable failure = catchThrowable(() -> ours.take("messages"));

        // Then
        assertThat(failure).isInstanceOf(IOException.class);
    }
}
