package io.vitallyrelay.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Posts to a sandbox as a sender does that keeps every rule. */
final class SandboxClient {
    static final String TOKEN = "a-token";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;

    SandboxClient(Sandbox sandbox) {
        url = sandbox.url();
    }

    /** A valid request; what a test wants different is set on it. */
    HttpRequest.Builder request(String body) {
        return HttpRequest.newBuilder(url)
                .header("Authorization", "Basic " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(request(body));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> postAsync(String body) {
        return http.sendAsync(request(body).build(), BodyHandlers.ofString());
    }

    /** A batch of valid messages with the ids {@code <prefix>0}, {@code <prefix>1} and so on. */
    static String batch(String prefix, int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> message(prefix + i))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static String message(String messageId) {
        return "{\"type\":\"organization\",\"organizationId\":\"o1\",\"messageId\":\"" + messageId + "\"}";
    }
}
