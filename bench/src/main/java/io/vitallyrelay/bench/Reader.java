package io.vitallyrelay.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reader of {@code bench/letters}. Arguments: the port of the service, how many letters there are, requests in a second. Reads
 * as {@code on} and {@code off} on its standard input say, forgets what it measured at {@code forget}, asks for each thing in turn at
 * {@code calm}, and has the messages among the letters replayed at {@code replay}. Prints a table of what was on, and of the calm.
 */
public final class Reader {
    private static final String[] CODES = {"contract", "mapping", "malformed", "too-large"};
    private static final int INTEGRATIONS = 10;
    private static final String[] FIELDS = {"name", "email", "plan", "seats", "renewal"};
    private static final String LETTERS = "/api/dead-letters";
    private static final int CALM = 30;
    private static final int POLL_MILLIS = 100;
    private static final Pattern ID = Pattern.compile("\"id\":\"(\\d+)\"");
    private static final Pattern PASSED = Pattern.compile("\"passed\":(\\d+)");
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<Kind, List<Long>> nanos = new EnumMap<>(Kind.class);
    private final String service;
    private final int letters;
    /** At which one of them came. */
    private String moment = "2026-01-01T00:00:00Z";

    private enum Kind {
        PAGE("a page of 100"),
        COUNT("a count"),
        LETTER("one letter"),
        // what nobody is asked for while messages are delivered
        GROUPS("the groups"),
        UNIT("a page of a unit"),
        ENTITY("a page of an entity"),
        TEXT("5,000 letters looked at for a text"),
        VALUE("5,000 letters looked at for a value in the reason"),
        LEDGER("the ledger"),
        JOBS("the jobs");

        private static final int DRAWN = 3;

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private Reader(int port, int letters) {
        this.service = "http://127.0.0.1:" + port;
        this.letters = letters;
    }

    public static void main(String[] args) throws Exception {
        LinkedBlockingQueue<String> orders = new LinkedBlockingQueue<>();
        Thread listening = new Thread(() -> listen(orders));
        listening.setDaemon(true);
        listening.start();
        new Reader(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run(orders, 1_000_000_000L / Integer.parseInt(args[2]));
    }

    private static void listen(LinkedBlockingQueue<String> orders) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            in.lines().forEach(orders::add);
        } catch (IOException e) {
            System.err.println("reader: " + e);
        }
        orders.add("end");
    }

    private void run(LinkedBlockingQueue<String> orders, long every) throws Exception {
        boolean reads = false;
        long next = 0;
        while (true) {
            String order = reads ? orders.poll(next - System.nanoTime(), TimeUnit.NANOSECONDS) : orders.take();
            if (order == null) {
                next = Math.max(next + every, System.nanoTime());
                ask();
            } else if (order.equals("end")) {
                return;
            } else if (order.equals("calm")) {
                print();
                nanos.clear();
                askCalmly();
                print();
            } else if (order.equals("replay")) {
                replay();
            } else if (order.equals("forget")) {
                nanos.clear();
            } else {
                reads = order.equals("on");
                next = System.nanoTime();
            }
        }
    }

    private void askCalmly() throws Exception {
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < CALM; i++) {
                ask(kind);
            }
        }
    }

    private void ask() throws Exception {
        ask(Kind.values()[random.nextInt(Kind.DRAWN)]);
    }

    private void ask(Kind kind) throws Exception {
        String path =
                switch (kind) {
                    case PAGE -> LETTERS + "?" + filter() + "&after=" + random.nextInt(letters);
                    case COUNT -> LETTERS + "?" + filter() + "&limit=0";
                    case LETTER -> LETTERS + "/" + (1 + random.nextInt(letters));
                    case GROUPS -> LETTERS + "/groups";
                    case UNIT -> LETTERS + "?unit=file";
                    case ENTITY -> LETTERS + "?entity=user:user-" + random.nextInt(1000);
                    case TEXT -> LETTERS + "?text=needle&after=" + random.nextInt(letters);
                    case VALUE -> LETTERS + "?reason=got%20%2299x&after=" + random.nextInt(letters);
                    case LEDGER -> "/api/ledger";
                    case JOBS -> "/api/jobs";
                };
        long start = System.nanoTime();
        String answer = get(path);
        nanos.computeIfAbsent(kind, any -> new ArrayList<>()).add(System.nanoTime() - start);
        if (kind == Kind.LETTER) {
            Matcher at = AT.matcher(answer);
            moment = at.find() ? at.group(1) : moment;
        }
    }

    private void replay() throws Exception {
        long start = System.nanoTime();
        String job = send(HttpRequest.newBuilder(URI.create(service + LETTERS + "/replay"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"filter\":{\"code\":\"refused\"}}")));
        Matcher id = ID.matcher(job);
        if (!id.find()) {
            throw new IOException("no job: " + job);
        }
        String path = "/api/jobs/" + id.group(1);
        while (!job.contains("\"state\":\"done\"")) {
            Thread.sleep(POLL_MILLIS);
            job = get(path);
        }
        Matcher passed = PASSED.matcher(job);
        System.out.printf(
                Locale.ROOT,
                "%nA replay of %s letters: %.1f s.%n",
                passed.find() ? passed.group(1) : "?",
                (System.nanoTime() - start) / 1e9);
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(service + path)));
    }

    private String send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200 && answer.statusCode() != 202) {
            throw new IOException(request.uri() + ": " + answer.statusCode());
        }
        return answer.body();
    }

    private String filter() {
        String integration = "integration=integration-" + random.nextInt(INTEGRATIONS);
        String code = "code=" + CODES[random.nextInt(CODES.length)];
        String reason = "reason=" + FIELDS[random.nextInt(FIELDS.length)] + ":%20must";
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> integration;
            case 2 -> code;
            case 3 -> reason;
            case 4 -> integration + "&" + reason;
            default -> integration + "&" + code + "&since=" + moment;
        };
    }

    private void print() {
        System.out.println();
        System.out.println("| request | requests | p50, ms | p99, ms | highest, ms |");
        System.out.println("|---|--:|--:|--:|--:|");
        nanos.forEach((kind, of) -> {
            Collections.sort(of);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.1f |%n",
                    kind.text,
                    of.size(),
                    of.get(of.size() / 2) / 1e6,
                    of.get((int) (of.size() * 0.99)) / 1e6,
                    of.get(of.size() - 1) / 1e6);
        });
    }
}
