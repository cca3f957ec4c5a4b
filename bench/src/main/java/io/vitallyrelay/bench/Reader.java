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
 * as {@code on} and {@code off} on its standard input say, forgets what it measured at {@code forget}, and prints a table at the end.
 */
public final class Reader {
    private static final String[] CODES = {"contract", "mapping", "malformed", "too-large"};
    private static final int INTEGRATIONS = 10;
    private static final String[] FIELDS = {"name", "email", "plan", "seats", "renewal"};
    private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<Kind, List<Long>> nanos = new EnumMap<>(Kind.class);
    private final String address;
    private final int letters;
    /** At which one of them came. */
    private String moment = "2026-01-01T00:00:00Z";

    private enum Kind {
        PAGE("a page of 100"),
        COUNT("a count"),
        LETTER("one letter");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    private Reader(int port, int letters) {
        this.address = "http://127.0.0.1:" + port + "/api/dead-letters";
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
                print();
                askForAValue();
                return;
            } else if (order.equals("forget")) {
                nanos.clear();
            } else {
                reads = order.equals("on");
                next = System.nanoTime();
            }
        }
    }

    /** Which no index knows: all letters are read that could have it. */
    private void askForAValue() throws Exception {
        long start = System.nanoTime();
        get("?limit=0&reason=got%20%22777%22");
        System.out.printf(Locale.ROOT, "%nA count by a value inside the reason: %.1f s.%n", (System.nanoTime() - start) / 1e9);
    }

    private void ask() throws Exception {
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        String query =
                switch (kind) {
                    case PAGE -> "?" + filter() + "&after=" + random.nextInt(letters);
                    case COUNT -> "?" + filter() + "&limit=0";
                    case LETTER -> "/" + (1 + random.nextInt(letters));
                };
        long start = System.nanoTime();
        String answer = get(query);
        nanos.computeIfAbsent(kind, any -> new ArrayList<>()).add(System.nanoTime() - start);
        if (kind == Kind.LETTER) {
            Matcher at = AT.matcher(answer);
            moment = at.find() ? at.group(1) : moment;
        }
    }

    private String get(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + query)).build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
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
