package io.vitallyrelay.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.message.Origin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamelessAccountsTest {
    private static final String NAMELESS = "{\"accountId\":\"a\",\"traits\":{\"plan\":\"free\"}}";

    private final List<String> warnings = new ArrayList<>();
    private final NamelessAccounts accounts = new NamelessAccounts(warnings::add);

    @ParameterizedTest
    @ValueSource(strings = {NAMELESS, "{\"traits\":{}}", "{\"traits\":{\"name\":null}}"})
    void areWarnedOf(String account) throws Exception {
        // When
        admit(MessageType.ACCOUNT, account, "crm");

        // Then
        assertThat(warnings)
                .containsExactly("crm: 1 account(s) without traits.name so far, this one from accounts.csv, line 7."
                        + " Vitally wants it for new accounts.");
    }

    @Test
    void areWarnedOfLessAndLessOften() throws Exception {
        // When
        for (int i = 0; i < 1_000; i++) {
            admit(MessageType.ACCOUNT, NAMELESS, "crm");
        }

        // Then
        assertThat(warnings)
                .extracting(warning -> warning.substring(0, warning.indexOf(" account")))
                .containsExactly("crm: 1", "crm: 10", "crm: 100", "crm: 1000");
    }

    @Test
    void areCountedForEachIntegration() throws Exception {
        // When
        admit(MessageType.ACCOUNT, NAMELESS, "crm");
        admit(MessageType.ACCOUNT, NAMELESS, "shop");

        // Then
        assertThat(warnings).hasSize(2);
    }

    @Test
    void areOnlyAccounts() throws Exception {
        // When
        admit(MessageType.ACCOUNT, "{\"traits\":{\"name\":\"Acme\"}}", "crm");
        admit(MessageType.USER, NAMELESS, "crm");

        // Then
        assertThat(warnings).isEmpty();
    }

    private void admit(MessageType type, String json, String integration) throws IOException {
        accounts.admitted(type, new ObjectMapper().readTree(json), new Origin(integration, "accounts.csv", "line 7"));
    }
}
