package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The packaged service, the jar or the native executable, as a process of its own, on 127.0.0.1 and a free port. Its data, its working directory and its output
 * stand in one folder, and it can be started again on them. Closing it ends the process, however the test went.
 */
public final class RelayProcess implements AutoCloseable {
    public static final String TOKEN = "the-token-of-the-tests";

    private static final Path JAR =
            Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
    /** The native executable, which is run in place of the jar where it is named. */
    private static final String EXECUTABLE = System.getProperty("relay.executable");

    private static final String HEAP = "-Xmx128m";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofSeconds(40);
    /** A test starts more than it runs: the compiler for long runs would only take the processor from others. */
    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final Pattern LISTENS = Pattern.compile("Listening on: (http://\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new HashMap<>();
    private List<String> script = List.of();
    private Process process;
    private URI address;

    /** The sums of the ledger. */
    public record Sums(long read, long delivered, long dead, long pending) {}

    private RelayProcess(Path folder) {
        this.folder = folder;
        with("RELAY_DATA", data().toString());
        with("RELAY_ROUTES", ProjectRoutes.FOLDER.toString());
        with("VITALLY_TOKEN", TOKEN);
        with("QUARKUS_HTTP_PORT", "0");
    }

    /** With the project's routes, and everything it writes in this folder. Not started yet. */
    public static RelayProcess in(Path folder) {
        return new RelayProcess(folder);
    }

    public RelayProcess postingTo(URI url) {
        return with("VITALLY_URL", url.toString());
    }

    /** Sets an environment variable for the next start; null removes it. */
    public RelayProcess with(String variable, String value) {
        if (value == null) {
            environment.remove(variable);
        } else {
            environment.put(variable, value);
        }
        return this;
    }

    /** Starts it by that command, which takes Java's options behind it and becomes the service. */
    public RelayProcess by(String... command) {
        script = List.of(command);
        return this;
    }

    /** Where it keeps inbox and spool. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Where it is started, and where it looks for {@code application.properties}. */
    public Path workingDirectory() throws IOException {
        return Files.createDirectories(folder.resolve("work"));
    }

    /** Starts it, for the first time or again, and does not wait. */
    public RelayProcess launch(String... arguments) throws IOException {
        assertThat(process == null || !process.isAlive())
                .as("it does not run already")
                .isTrue();
        List<String> command = command();
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(VITALLY|RELAY|QUARKUS|CAMEL)_.*"));
        builder.environment().putAll(environment);
        Process started = builder.start();
        process = started;
        // also when the build is broken off
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return this;
    }

    private List<String> command() {
        if (!script.isEmpty()) {
            List<String> command = new ArrayList<>(script);
            command.addAll(List.of(HEAP, QUICK_START));
            return command;
        }
        if (EXECUTABLE != null) {
            return new ArrayList<>(List.of(EXECUTABLE, HEAP));
        }
        assertThat(JAR).as("the service, packaged by mvn package").exists();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, HEAP, QUICK_START, "-jar", JAR.toString()));
    }

    /** Starts it, for the first time or again, and waits until it is ready. */
    public RelayProcess start() throws IOException {
        return launch().awaitReady();
    }

    public RelayProcess awaitReady() {
        awaitAddress();
        await("the service is ready")
                .atMost(START)
                .until(() -> get("/q/health/ready").statusCode() == 200);
        return this;
    }

    /** Waits until it answers requests, ready or not. */
    public RelayProcess awaitAddress() {
        address = URI.create(awaitOutput(LISTENS).group(1));
        return this;
    }

    /** Waits until it has printed that since its start. */
    Matcher awaitOutput(Pattern expected) {
        return await("the service prints " + expected)
                .atMost(START)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            assertThat(process.isAlive())
                                    .as("the service runs; its output:%n%s", output())
                                    .isTrue();
                            return expected.matcher(output());
                        },
                        Matcher::find);
    }

    public URI address() {
        return address;
    }

    /** What it has printed since its last start. */
    public String output() {
        try {
            // not readString: the last character may be half written
            return new String(Files.readAllBytes(log()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("output.log");
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return post(path, "");
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The JSON that a GET of the path answers with status 200. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    public JsonNode ledger() throws IOException, InterruptedException {
        return json("/api/ledger");
    }

    public Sums sums() throws IOException, InterruptedException {
        JsonNode ledger = ledger();
        return new Sums(
                ledger.path("read").asLong(-1),
                ledger.path("delivered").asLong(-1),
                ledger.path("dead").asLong(-1),
                ledger.path("pending").asLong(-1));
    }

    /** Waits until all that was read is delivered or dead, and these are the counts. */
    public void awaitSettled(long delivered, long dead) {
        await("everything is settled")
                .atMost(SETTLING)
                .untilAsserted(() -> assertThat(sums())
                        .as(() -> "the ledger of a service that printed%n%s".formatted(output()))
                        .isEqualTo(new Sums(delivered + dead, delivered, dead, 0)));
    }

    /** The first 1000 dead letters. */
    public JsonNode deadLetters() throws IOException, InterruptedException {
        return json("/api/dead-letters?limit=1000").path("letters");
    }

    public Path inbox(String integration) throws IOException {
        return Files.createDirectories(data().resolve("inbox").resolve(integration));
    }

    public Path done(String integration, String file) throws IOException {
        return inbox(integration).resolve(".done").resolve(file);
    }

    public void drop(String integration, String name, String content) throws IOException {
        drop(integration, name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a file into the inbox at once. */
    public void drop(String integration, String name, byte[] content) throws IOException {
        Path written = Files.write(inbox(integration).resolve("." + name), content);
        Files.move(written, inbox(integration).resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Ends it as a crash does: it gets no chance to do anything. */
    public void kill9() throws InterruptedException {
        process.destroyForcibly();
        awaitExit(END);
    }

    /** Asks it to end, and does not wait. */
    public void askToEnd() {
        process.destroy();
    }

    /** Asks it to end, and waits for that. */
    public int stop() throws InterruptedException {
        askToEnd();
        return awaitExit(END);
    }

    /** @return the exit status */
    public int awaitExit(Duration atMost) throws InterruptedException {
        assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                .as("the service ends within %s", atMost)
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill9();
        }
    }
}
