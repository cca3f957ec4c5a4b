package io.vitallyrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.source.Sources;
import java.util.Optional;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadSourceTest {
    @ParameterizedTest
    @CsvSource({
        "kamelet:csv-files-source?columns=a&integration=accounts-csv, accounts-csv, FILES",
        "kamelet:jms-queue-source?integration=users&queue=q,          users,        QUEUE",
        "kamelet:sql-rows-source?integration=a%20b,                   a b,          TABLE"
    })
    void knowsWhatARouteReadsAndForWhom(String from, String integration, Sources.Kind kind) {
        assertThat(ReadSource.of(route(from))).contains(new ReadSource(integration, kind));
    }

    @Test
    void knowsNothingOfARouteThatReadsNoSource() {
        assertThat(ReadSource.of(route("direct:x?integration=a"))).isEqualTo(Optional.empty());
    }

    private static RouteDefinition route(String from) {
        RouteDefinition route = new RouteDefinition();
        route.setInput(new FromDefinition(from));
        return route;
    }
}
