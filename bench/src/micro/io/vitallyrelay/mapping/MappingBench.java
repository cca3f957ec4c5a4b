package io.vitallyrelay.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.source.mapping.MappingLimits;
import io.vitallyrelay.source.mapping.camel.MappingLanguage;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the mapping of accounts-csv costs for a row, evaluated as the route does it. {@code bench.routes} is the folder. */
@State(Scope.Benchmark)
public class MappingBench {
    private CamelContext camel;
    private Expression mapping;
    private JsonNode row;

    @Setup
    public void setUp() throws Exception {
        camel = new DefaultCamelContext();
        camel.start();
        camel.getRegistry()
                .bind("jq", new MappingLanguage(new MappingLimits(Duration.ofSeconds(5), Long.MAX_VALUE)));
        mapping = camel.resolveLanguage("jq")
                .createExpression("resource:file:" + System.getProperty("bench.routes") + "/accounts-csv/mapping.jq");
        mapping.init(camel);
        row = new ObjectMapper()
                .readTree("{\"account_id\":\"a-4711\",\"organization_id\":\"\",\"name\":\"Account Ltd\",\"plan\":\"Pro\","
                        + "\"mrr\":\"1290.50\",\"seats\":\"25\",\"renewal_date\":\"2026-09-30\"}");
    }

    @Benchmark
    public JsonNode map() {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(row);
        return mapping.evaluate(exchange, JsonNode.class);
    }

    @TearDown
    public void tearDown() {
        camel.stop();
    }
}
