package io.vitallyrelay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vitallyrelay.TemporarySpool;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.NullPolicy;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.spool.UnitCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SingleRecordTest {
    private static final Origin ORIGIN = new Origin("orders", "queue", "ID:1");

    @TempDir
    Path folder;

    private TemporarySpool spool;

    @BeforeEach
    void open() {
        spool = new TemporarySpool(folder);
    }

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void isWrittenBeforeItIsDone() throws Exception {
        // Given
        SingleRecord record = new SingleRecord(spool.spool(), ORIGIN, "raw".getBytes(UTF_8));
        gather(record);

        // When
        record.done();

        // Then: what is not written is not given to a lane
        assertThat(spool.lane().poll(1, Duration.ZERO)).hasSize(1);
    }

    @Test
    void countsAmongTheRecordsOfItsQueue() throws Exception {
        // Given
        for (int i = 0; i < 2; i++) {
            SingleRecord record = new SingleRecord(spool.spool(), ORIGIN, "raw".getBytes(UTF_8));
            gather(record);

            // When
            record.done();
        }

        // Then
        assertThat(spool.units())
                .singleElement()
                .extracting(UnitCounts::integration, UnitCounts::unit, UnitCounts::read)
                .containsExactly("orders", "queue", 2L);
    }

    @Test
    void becomesNothingWhenItFailed() throws Exception {
        // Given
        SingleRecord record = new SingleRecord(spool.spool(), ORIGIN, "raw".getBytes(UTF_8));
        gather(record);

        // When
        record.failed(new IllegalStateException("broken on purpose"));

        // Then
        assertThat(record.intake().gathered()).isZero();
    }

    private static void gather(SingleRecord record) throws Exception {
        Contract contract = new Contract(1000, InstantSource.system());
        record.intake()
                .message(
                        contract.admit(
                                JsonNodeFactory.instance.objectNode().put("organizationId", "o"),
                                new Stamp("organization", NullPolicy.OMIT, record.origin(), 0)),
                        record.origin().position());
    }
}
