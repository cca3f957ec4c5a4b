package io.vitallyrelay.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.delivery.Secrets;
import io.vitallyrelay.letters.Audit;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditResourceTest {
    @TempDir
    Path folder;

    @Test
    void hidesTheTokenAlsoWhereALetterHeldIt() {
        // Given
        Audit audit = new Audit(folder.resolve("audit.jsonl"));
        audit.add(new Audit.Entry(
                Instant.EPOCH, "anna", null, "replay", Map.of("original", "{\"note\":\"Basic dG9rZW46\"}")));

        // When
        String entries =
                new AuditResource(audit, new Secrets("dG9rZW46")).last("10").entries();

        // Then
        assertThat(entries)
                .startsWith("[{\"at\":\"1970-01-01T00:00:00Z\",\"by\":\"anna\"")
                .doesNotContain("dG9rZW46");
    }
}
