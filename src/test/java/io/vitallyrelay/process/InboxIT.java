package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and programs put into an inbox, and what they can see of it. */
class InboxIT {
    private static final String MESSAGE = "{\"type\":\"organization\",\"organizationId\":\"o1\"}";
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final RemembersAccepted accepted = new RemembersAccepted();

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private RelayProcess relay;

    @BeforeEach
    void prepare() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN).withBehaviours(accepted));
        relay = RelayProcess.in(folder).postingTo(sandbox.url()).with("VITALLY_BATCH_WINDOW", "100ms");
    }

    @AfterEach
    void end() throws Exception {
        relay.close();
        sandbox.close();
    }

    private void drop(String escaped) throws Exception {
        Path beside = Files.writeString(relay.inbox("messages").resolve(".beside"), MESSAGE);
        Files.move(
                beside, Path.of(URI.create(relay.inbox("messages").toUri() + escaped)), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void filesWithAnyNameAreReadWhereTheLocaleKnowsNoneOfIt() throws Exception {
        // Given
        relay.with("LC_ALL", "C").start();

        // When
        drop("%C3%9Cbersicht.jsonl");
        drop("%DCbersicht.jsonl");
        drop("n".repeat(244) + ".jsonl");

        // Then
        relay.awaitSettled(3, 0);
        assertThat(relay.output()).doesNotContain("\tat ").doesNotContain("stays in the inbox");
    }

    @Test
    void whatIsNoFileIsNeitherOpenedNorInTheWay() throws Exception {
        // Given
        Path inbox = relay.inbox("messages");
        Path secret = Files.writeString(folder.resolve("secret"), MESSAGE);
        Files.createSymbolicLink(inbox.resolve("link.jsonl"), secret);
        Files.createSymbolicLink(inbox.resolve("env.jsonl"), Path.of("/proc/self/environ"));
        new ProcessBuilder("mkfifo", inbox.resolve("fifo.jsonl").toString())
                .start()
                .waitFor();
        Files.writeString(inbox.resolve("data.txt"), "text");
        Files.createDirectories(relay.data().resolve("inbox/unknown"))
                .resolve("x.csv")
                .toFile()
                .createNewFile();
        relay.start();

        // When
        relay.drop("messages", "one.jsonl", MESSAGE);

        // Then
        relay.awaitSettled(1, 0);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(relay.output())
                        .contains("data.txt is not read: messages takes names that match")
                        .contains("env.jsonl", "link.jsonl", "are not read: a link")
                        .contains("fifo.jsonl is not read: no regular file")
                        .contains("unknown is not read: no integration"));
        assertThat(relay.get("/q/metrics").body())
                .contains("relay_files_not_read{integration=\"messages\"} 4.0")
                .contains("relay_files_not_read{integration=\"none\"} 1.0");
        assertThat(relay.deadLetters()).isEmpty();
    }

    @Test
    void whatItMakesIsForItsUserAlone() throws Exception {
        // Given a folder that the service makes itself
        relay.start();

        // When
        relay.drop("messages", "one.jsonl", MESSAGE);
        relay.awaitSettled(1, 0);

        // Then
        assertThat(openToOthers(relay.data())).isEmpty();
    }

    private static List<Path> openToOthers(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            return all.filter(path -> !path.getFileName().toString().endsWith(".jsonl"))
                    .filter(InboxIT::isOpen)
                    .toList();
        }
    }

    private static boolean isOpen(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTokenStandsInNoLogWhateverIsLogged() throws Exception {
        // Given
        relay.with("QUARKUS_LOG_LEVEL", "DEBUG")
                .with("QUARKUS_LOG_CATEGORY__ORG_APACHE_HC_CLIENT5_HTTP_HEADERS__LEVEL", "TRACE")
                .with("QUARKUS_LOG_CATEGORY__ORG_APACHE_HC_CLIENT5_HTTP_WIRE__LEVEL", "TRACE")
                .start();

        // When
        relay.drop("messages", "one.jsonl", MESSAGE);
        relay.awaitSettled(1, 0);

        // Then
        assertThat(relay.output())
                .contains(" DEBUG ", "org.apache.hc.client5.http.headers")
                .doesNotContain(RelayProcess.TOKEN);
    }
}
