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
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * The most that can be had from the HTTP client: four threads read 100 lines each, make a body of them and post it. Nothing is
 * checked, kept or ordered.
 */
public final class Bare {
    private static final int BATCH = 100;
    private static final int CONNECTIONS = 4;

    private Bare() {}

    /** Arguments: the URL, the input file, and the token. Starts when a byte or the end comes on its input. */
    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        System.in.read();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        // bytes stay as they are, and a character takes one
        try (BufferedReader file = Files.newBufferedReader(Path.of(args[1]), StandardCharsets.ISO_8859_1);
                CloseableHttpClient http = client()) {
            Callable<Void> loop = () -> {
                for (List<String> lines = next(file); !lines.isEmpty(); lines = next(file)) {
                    post(http, args[0], args[2], body(lines));
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

    private static List<String> next(BufferedReader file) throws IOException {
        List<String> lines = new ArrayList<>(BATCH);
        synchronized (file) {
            for (String line = ""; lines.size() < BATCH && (line = file.readLine()) != null; ) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static byte[] body(List<String> lines) {
        return ("[" + String.join(",", lines) + "]").getBytes(StandardCharsets.ISO_8859_1);
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
}
