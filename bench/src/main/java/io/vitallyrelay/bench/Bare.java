package io.vitallyrelay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * What the HTTP client alone can do: four threads post bodies of 100 messages that lie ready in memory. Nothing is read,
 * checked, kept or ordered while the clock runs.
 */
public final class Bare {
    private static final int BATCH = 100;
    private static final int CONNECTIONS = 4;

    private Bare() {}

    /** Arguments: the URL, the input file, and the token. Starts to post when a byte or the end comes on its input. */
    public static void main(String[] args) throws Exception {
        List<byte[]> bodies = bodies(Path.of(args[1]));
        System.out.println("ready");
        System.in.read();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try (CloseableHttpClient http = client()) {
            AtomicInteger next = new AtomicInteger();
            Callable<Void> loop = () -> {
                for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                    post(http, args[0], args[2], bodies.get(i));
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(CONNECTIONS, loop))) {
                done.get();
            }
        }
        threads.shutdown();
        Thread.currentThread().join(); // the run reads this process's figures before it ends it
    }

    private static CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .build())
                .build();
    }

    private static void post(CloseableHttpClient http, String url, String token, byte[] body) throws IOException {
        HttpPost post = new HttpPost(url);
        post.setHeader("Authorization", "Basic " + token);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        http.execute(post, response -> {
            EntityUtils.consume(response.getEntity());
            if (response.getCode() != 200) {
                throw new IOException("status " + response.getCode());
            }
            return null;
        });
    }

    /** The lines of the file, 100 a body, joined to JSON arrays. */
    private static List<byte[]> bodies(Path input) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        List<String> lines = new ArrayList<>(BATCH);
        try (BufferedReader file = Files.newBufferedReader(input)) {
            for (String line = file.readLine(); line != null; line = file.readLine()) {
                lines.add(line);
                if (lines.size() == BATCH) {
                    bodies.add(body(lines));
                    lines.clear();
                }
            }
        }
        if (!lines.isEmpty()) {
            bodies.add(body(lines));
        }
        return bodies;
    }

    private static byte[] body(List<String> lines) {
        return ("[" + String.join(",", lines) + "]").getBytes(StandardCharsets.UTF_8);
    }
}
