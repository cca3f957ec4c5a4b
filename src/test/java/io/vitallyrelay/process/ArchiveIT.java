package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.sandbox.Sandbox;
import io.vitallyrelay.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archive, unpacked, and the command in it, as a user calls it. */
@Tag("jvm")
class ArchiveIT {
    private static final String MESSAGE = "{\"type\":\"organization\",\"organizationId\":\"o1\"}\n";

    @TempDir
    private static Path unpacked;

    private static Path installation;

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        Path archive = only(Path.of("target"), "vitally-relay-*.tar.gz");
        // a space, as a path may have one
        Path place = Files.createDirectory(unpacked.resolve("of a user"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toAbsolutePath().toString(), "-C", place.toString())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        installation = only(place, "vitally-relay-*");
    }

    @Test
    void deliversAFileFromAnyWorkingDirectoryAndThroughALink() throws Exception {
        // Given
        Path link = Files.createSymbolicLink(folder.resolve("relay"), command());
        try (Sandbox sandbox = Sandbox.start(SandboxSettings.forToken(RelayProcess.TOKEN));
                RelayProcess relay = RelayProcess.in(folder)
                        .by(link.toString(), "run", "--")
                        .postingTo(sandbox.url())
                        .with("RELAY_ROUTES", null)
                        .with("VITALLY_BATCH_WINDOW", "100ms")) {
            relay.drop("messages", "one.jsonl", MESSAGE);

            // When
            relay.start().awaitSettled(1, 0);

            // Then
            assertThat(sandbox.counts().messages()).isEqualTo(1);
            assertThat(relay.output())
                    .contains("routes=" + installation.toRealPath().resolve("routes"));
            assertThat(run(Map.of(), "status", "--url", relay.address().toString()).output)
                    .containsPattern("\ntotal +1 +1 +0 +0\n");
        }
    }

    @Test
    void isCompleteAndHasNothingOfTheWorkshop() throws Exception {
        // When
        List<String> files = files(installation);

        // Then
        assertThat(files)
                .contains("bin/relay", "application.properties", "LICENSE", "routes/messages/messages.camel.yaml")
                .noneMatch(file -> file.matches("routes/.*/(sample|expected).*|.*\\.java"))
                .noneMatch(file -> file.matches("lib/lib/.*(junit|assertj|archunit|artemis-(server|journal)).*"));
    }

    @Test
    void hasNoClassOfTestsSandboxSamplesAndDemo() throws Exception {
        // Given
        List<String> left = files(Path.of("target/test-classes"));

        // When
        List<String> packed = new ArrayList<>();
        for (String file : files(installation)) {
            if (file.matches("lib/(app|quarkus)/.*\\.jar")) {
                try (ZipFile jar = new ZipFile(installation.resolve(file).toFile())) {
                    packed.addAll(jar.stream().map(ZipEntry::getName).toList());
                }
            }
        }

        // Then
        assertThat(left).contains("io/vitallyrelay/sandbox/Sandbox.class", "io/vitallyrelay/demo/Main.class");
        assertThat(packed)
                .contains("io/vitallyrelay/app/Main.class")
                .doesNotContainAnyElementsOf(left)
                .noneMatch(name -> name.matches("io/vitallyrelay/(sandbox|sample|demo)/.*"));
    }

    @Test
    void tellsItsVersionAndItsCommands() throws Exception {
        assertThat(run(Map.of(), "--version").output).startsWith("vitally-relay ");
        assertThat(run(Map.of(), "--help").output)
                .contains(" run ", " status ", " dead-letters ", " jobs ", "reset-watermark")
                .doesNotContain("demo");
        assertThat(run(Map.of(), "demo"))
                .isEqualTo(new Result(2, run(Map.of(), "--help").output + "relay: unknown command demo\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "status"})
    void saysWhereThereIsNoJava(String command) throws Exception {
        // Given
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }

        // When
        Result result = run(Map.of("PATH", tools.toString()), command);

        // Then
        assertThat(result)
                .isEqualTo(new Result(1, "relay: there is no java: install Java 17 or newer, or set JAVA_HOME\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.22", "16"})
    void saysWhereJavaIsTooOld(String version) throws Exception {
        // Given
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"" + version + "\" 2021-03-16' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));

        // When
        Result result = run(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), "run");

        // Then
        assertThat(result)
                .isEqualTo(new Result(
                        1, "relay: " + java + " is too old: Java 17 or newer is needed, " + version + " found\n"));
    }

    private record Result(int status, String output) {}

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(command().toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("command.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Result(process.exitValue(), Files.readString(output));
    }

    private static Path command() {
        return installation.resolve("bin/relay");
    }

    private static Path only(Path folder, String name) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            List<Path> matching = found.filter(file -> folder.getFileSystem()
                            .getPathMatcher("glob:" + name)
                            .matches(file.getFileName()))
                    .toList();
            assertThat(matching).as(name + ", made by mvn package").hasSize(1);
            return matching.get(0);
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
