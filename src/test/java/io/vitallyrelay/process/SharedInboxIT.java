package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services, each with a {@code relay.data} of its own, and an inbox of the one that is a link to that of the other. */
class SharedInboxIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path first;

    @TempDir
    private Path second;

    @Test
    void theSecondServiceIsRefusedUntilTheFirstHasEnded() throws Exception {
        try (Sandbox sandbox = Sandbox.start(
                        SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
                RelayProcess one = relay(first, sandbox);
                RelayProcess two = relay(second, sandbox)) {
            // Given
            Path link = two.data().resolve("inbox/messages");
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, one.inbox("messages"));
            one.start();

            // When
            int status = two.launch().awaitExit(SOON);

            // Then
            assertThat(status).isNotZero();
            assertThat(two.output())
                    .contains("the inbox " + link + " is read by another instance. Stop that one first")
                    .doesNotContain("\tat ");

            // When
            one.kill9();
            two.start();

            // Then
            one.drop("messages", "one.jsonl", "{\"type\":\"organization\",\"organizationId\":\"o1\"}");
            two.awaitSettled(1, 0);
            assertThat(accepted.count()).isEqualTo(1);
        }
    }

    private static RelayProcess relay(Path folder, Sandbox sandbox) {
        return RelayProcess.in(folder).postingTo(sandbox.url()).with("VITALLY_BATCH_WINDOW", "100ms");
    }
}
