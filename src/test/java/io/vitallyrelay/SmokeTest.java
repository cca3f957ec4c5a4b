package io.vitallyrelay;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SmokeTest {
    @Inject
    CamelContext camel;

    @Test
    void starts() {
        assertThat(camel.isStarted()).isTrue();
    }
}
