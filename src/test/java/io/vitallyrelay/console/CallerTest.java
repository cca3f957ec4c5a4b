package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import org.junit.jupiter.api.Test;

class CallerTest {
    private final Caller nobody = new Caller(new CurrentVertxRequest());

    @Test
    void isWhoTheRequestSaysWhereNobodyLogsIn() {
        // When
        String name = nobody.name("anna");

        // Then
        assertThat(name).isEqualTo("anna");
    }

    @Test
    void hasNoNameWhereNobodyLogsInAndTheRequestSaysNone() {
        // When
        String name = nobody.name(null);

        // Then
        assertThat(name).isNull();
    }

    @Test
    void mayDoEverythingWhereNobodyLogsIn() {
        // When
        MeResource.Me me = new MeResource(nobody).me();

        // Then
        assertThat(me).isEqualTo(new MeResource.Me(null, "operator", false, null));
    }
}
