package io.vitallyrelay.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.ledger.LedgerView;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Asks a running service, or the sandbox, over HTTP; waits 10 seconds for an answer. All throw {@link CommandException} if there is
 * no answer, or one that says no or is something else than what was asked for. Safe for many threads.
 */
public final class ServiceClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE_FOR_EXPORT = Duration.ofMinutes(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI service;
    /** Null where nobody logs in. */
    private final String authorization;

    /** Makes something of what was answered. */
    private interface Reader<T> {
        T read(byte[] answer) throws IOException;
    }

    /** @param service where it listens */
    public ServiceClient(URI service) {
        this(service, null);
    }

    private ServiceClient(URI service, String authorization) {
        this.service = service;
        this.authorization = authorization;
    }

    /** Logs in with each request. */
    static ServiceClient of(URI service, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ServiceClient(service, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public URI service() {
        return service;
    }

    public boolean ready() throws InterruptedException {
        try {
            return http.send(request("/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    public LedgerView ledger() throws CommandException, InterruptedException {
        return get("/api/ledger", LedgerView.class);
    }

    /**
     * @param filter by the names of the query's parameters, such as {@code reason}
     * @param limit at most this many, 1 to 1000
     */
    public DeadLetterList deadLetters(Map<String, String> filter, int limit)
            throws CommandException, InterruptedException {
        return get("/api/dead-letters?limit=" + limit + query(filter), DeadLetterList.class);
    }

    public <T> T get(String path, Class<T> type) throws CommandException, InterruptedException {
        return ask(request(path), answer -> Json.record(answer, type));
    }

    /** As {@link #get}, with numbers as they are written. */
    JsonNode tree(String path) throws CommandException, InterruptedException {
        return ask(request(path), Json::tree);
    }

    /** A command without a body. */
    JsonNode post(String path) throws CommandException, InterruptedException {
        return post(path, BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) throws CommandException, InterruptedException {
        return post(path, BodyPublishers.ofString(body.toString()));
    }

    private JsonNode post(String path, BodyPublisher body) throws CommandException, InterruptedException {
        return ask(request(path).header("Content-Type", "application/json").POST(body), Json::tree);
    }

    /** What is answered, as it comes; waits 5 minutes until it begins. Whoever called it closes it. */
    InputStream stream(String path) throws CommandException, InterruptedException {
        HttpResponse<InputStream> answer =
                send(request(path).timeout(PATIENCE_FOR_EXPORT), BodyHandlers.ofInputStream());
        try {
            if (answer.statusCode() != 200) {
                try (InputStream refusal = answer.body()) {
                    throw refused(answer.uri(), answer.statusCode(), refusal.readAllBytes());
                }
            }
            return answer.body();
        } catch (IOException e) {
            throw silent(e);
        }
    }

    /** A part of a path, whatever is in it. */
    static String segment(String text) {
        return encoded(text).replace("+", "%20");
    }

    /** The parameters behind a first one. */
    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(e -> "&" + e.getKey() + "=" + encoded(e.getValue()))
                .collect(Collectors.joining());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).timeout(PATIENCE);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private <T> T ask(HttpRequest.Builder request, Reader<T> reader) throws CommandException, InterruptedException {
        HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 && answer.statusCode() != 202) {
            throw refused(answer.uri(), answer.statusCode(), answer.body());
        }
        try {
            return reader.read(answer.body());
        } catch (IOException e) {
            throw new CommandException("what listens at " + service + " is no Vitally Relay", e);
        }
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body)
            throws CommandException, InterruptedException {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw silent(e);
        }
    }

    private CommandException silent(IOException e) {
        if (e instanceof SSLException) {
            return CommandException.unreachable(
                    "the certificate of " + service + " cannot be checked: " + TextTable.printable(e.getMessage())
                            + "; JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE names one that is to be trusted",
                    e);
        }
        return CommandException.unreachable("nothing answers at " + service + ": does the service run there?", e);
    }

    private static CommandException refused(URI asked, int status, byte[] body) {
        String told = asked + " answered " + status + error(body);
        if (status == 401 || status == 403) {
            return CommandException.notAllowed(
                    status == 401 ? told + "; --user NAME logs in, see --help for its password" : told);
        }
        return status == 400 ? CommandException.wrongArguments(told) : new CommandException(told);
    }

    private static String error(byte[] body) {
        try {
            JsonNode error = Json.tree(body).path("error");
            return error.isTextual() ? ": " + TextTable.printable(error.asText()) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
