package io.vitallyrelay.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.AggregationRepository;

/** The route an engineer writes without the relay: split the file by line, put 100 lines together, post. It checks nothing. */
final class LinesToBatches extends RouteBuilder {
    private final String url;
    private final String inbox;
    private final String token;
    private final AggregationRepository repository;

    /** @param repository where lines wait until they are 100 */
    LinesToBatches(String url, String inbox, String token, AggregationRepository repository) {
        this.url = url;
        this.inbox = inbox;
        this.token = token;
        this.repository = repository;
    }

    /** Runs the route until the process is ended, and prints {@code ready} once it is started. */
    void run() throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(this);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                System.out.println("ready");
            }
        });
        main.run();
    }

    @Override
    public void configure() {
        from("file:" + inbox + "?initialDelay=0")
                .split(body().tokenize("\n"))
                .streaming()
                .aggregate(constant(true), LinesToBatches::add)
                .aggregationRepository(repository)
                .completionSize(100)
                .completionTimeout(200)
                .process(LinesToBatches::joinToArray)
                .removeHeaders("*")
                .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .setHeader("Authorization", constant("Basic " + token))
                .to(url);
    }

    private static Exchange add(Exchange lines, Exchange next) {
        String line = next.getMessage().getBody(String.class);
        Exchange all = lines == null ? next : lines;
        if (lines == null) {
            all.getMessage().setBody(new ArrayList<String>(100));
        }
        lines(all).add(line);
        return all;
    }

    @SuppressWarnings("unchecked")
    private static List<String> lines(Exchange exchange) {
        return (List<String>) exchange.getMessage().getBody();
    }

    private static void joinToArray(Exchange exchange) {
        exchange.getMessage().setBody("[" + String.join(",", lines(exchange)) + "]");
    }
}
