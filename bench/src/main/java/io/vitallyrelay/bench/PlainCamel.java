package io.vitallyrelay.bench;

import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AggregationStrategies;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * The route an engineer writes without the relay: split the file by line, put 100 lines together in memory, post. It
 * checks nothing, keeps nothing, and a crash or a refused batch loses messages.
 */
public final class PlainCamel {
    private PlainCamel() {}

    /** Arguments: the URL, the inbox folder, and the token. */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new LinesToBatches(args[0], args[1], args[2]));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                System.out.println("ready");
            }
        });
        main.run();
    }

    private static final class LinesToBatches extends RouteBuilder {
        private final String url;
        private final String inbox;
        private final String token;

        LinesToBatches(String url, String inbox, String token) {
            this.url = url;
            this.inbox = inbox;
            this.token = token;
        }

        @Override
        public void configure() {
            AggregationStrategy lines = AggregationStrategies.groupedBody();
            from("file:" + inbox + "?initialDelay=0")
                    .split(body().tokenize("\n"))
                    .streaming()
                    .aggregate(constant(true), lines)
                    .completionSize(100)
                    .completionTimeout(200)
                    .process(LinesToBatches::joinToArray)
                    .removeHeaders("*")
                    .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .setHeader("Authorization", constant("Basic " + token))
                    .to(url);
        }

        private static void joinToArray(Exchange exchange) {
            List<?> lines = exchange.getMessage().getBody(List.class);
            StringBuilder array = new StringBuilder("[");
            for (Object line : lines) {
                array.append(array.length() == 1 ? "" : ",").append(line);
            }
            exchange.getMessage().setBody(array.append(']').toString());
        }
    }
}
