package io.vitallyrelay.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.sample.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./relay demo --once}, as a user calls it: real processes, real files. */
@Tag("jvm")
class DemoIT {
    /** Two times 60 seconds of the demo's own patience, and what starting takes. */
    private static final int PATIENCE_SECONDS = 180;

    @TempDir
    private static Path folder;

    private static final Set<ProcessHandle> STARTED = new LinkedHashSet<>();
    private static String output;
    private static int status;

    @BeforeAll
    @Timeout(PATIENCE_SECONDS + 30)
    static void runTheDemo() throws IOException, InterruptedException {
        Path log = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of("relay").toAbsolutePath().toString(), "demo", "--once")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .put("TMPDIR", Files.createDirectory(folder.resolve("tmp")).toString());
        Process demo = builder.start();
        long begin = System.nanoTime();
        while (!demo.waitFor(100, TimeUnit.MILLISECONDS)) {
            demo.descendants().forEach(STARTED::add);
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                demo.destroy(); // which ends what it started
                demo.waitFor();
            }
        }
        output = Files.readString(log);
        status = demo.exitValue();
    }

    @Test
    void balances() {
        assertThat(status).as(output).isZero();
        assertThat(output).contains("\nBalanced: ");
    }

    @Test
    void readsAndDeliversFromTheSampleOfEveryIntegration() throws IOException {
        // Given
        List<String> integrations =
                Sample.in(Path.of("routes")).stream().map(Sample::integration).toList();

        // Then
        assertThat(integrations)
                .isNotEmpty()
                .allSatisfy(integration ->
                        assertThat(output).containsPattern("(?m)^" + integration + " +[1-9]\\d* +[1-9]\\d* +\\d+ +0$"));
    }

    @Test
    void hasABrokerThatIsNoPartOfTheService() throws IOException {
        // Given
        String server = ".*artemis-(server|journal|jakarta-server|amqp-protocol)-.*";

        // Then
        assertThat(jars("target/demo")).anyMatch(jar -> jar.matches(server));
        assertThat(jars("target/quarkus-app/lib/main")).isNotEmpty().noneMatch(jar -> jar.matches(server));
    }

    private static List<String> jars(String folder) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(folder))) {
            return jars.map(jar -> jar.getFileName().toString()).toList();
        }
    }

    @Test
    void leavesNoProcess() {
        assertThat(STARTED).as("sandbox, broker and service").hasSizeGreaterThanOrEqualTo(3);
        assertThat(STARTED).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void leavesNoFile() throws IOException {
        try (Stream<Path> left = Files.list(folder.resolve("tmp"))) {
            assertThat(left).isEmpty();
        }
    }
}
