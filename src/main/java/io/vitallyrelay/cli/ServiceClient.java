package io.vitallyrelay.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.ledger.LedgerView;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks a running service, or the sandbox, over HTTP; waits 10 seconds for an answer. Safe for many threads. */
public final class ServiceClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI service;

    /** @param service where it listens */
    public ServiceClient(URI service) {
        this.service = service;
    }

    public URI service() {
        return service;
    }

    public boolean ready() throws InterruptedException {
        try {
            return answer("GET", "/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    public LedgerView ledger() throws CommandException, InterruptedException {
        return get("/api/ledger", LedgerView.class);
    }

    /**
     * @param filter by the names of the query's parameters, such as {@code reason}; those which are null are left out
     * @param limit at most this many, 1 to 1000
     */
    public DeadLetterList deadLetters(Map<String, String> filter, int limit)
            throws CommandException, InterruptedException {
        String query = filter.entrySet().stream()
                .map(e -> "&" + e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining());
        return get("/api/dead-letters?limit=" + limit + query, DeadLetterList.class);
    }

    /** @throws CommandException if there is no answer, or one that says no or is something else than {@code type} */
    public <T> T get(String path, Class<T> type) throws CommandException, InterruptedException {
        return ask("GET", path, type);
    }

    /** A command without a body; throws as {@link #get} does. */
    <T> T post(String path, Class<T> type) throws CommandException, InterruptedException {
        return ask("POST", path, type);
    }

    private <T> T ask(String method, String path, Class<T> type) throws CommandException, InterruptedException {
        try {
            HttpResponse<byte[]> answer = answer(method, path);
            if (answer.statusCode() != 200) {
                throw new CommandException(service + path + " answered " + answer.statusCode() + error(answer.body()));
            }
            return Json.record(answer.body(), type);
        } catch (JacksonException e) {
            throw new CommandException("what listens at " + service + " is no Vitally Relay", e);
        } catch (IOException e) {
            throw new CommandException("nothing answers at " + service + ": does the service run there?", e);
        }
    }

    private HttpResponse<byte[]> answer(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
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
