package io.vitallyrelay.spool.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.LettersThat;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.UnitCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that earlier builds left when they were killed, one of each format. Of the last ten deliveries only the log tells. Numbers
 * and hashes that are stored never change.
 */
class StoredFormatsTest {
    /** 209 of half.csv were delivered, and one was refused. */
    private static final int SETTLED = 210;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void losesNothingOfAStoreOfThatFormat(int format) throws Exception {
        // Given
        unzip(format);

        // When
        try (SpoolFixture fixture = new SpoolFixture(folder)) {
            // Then
            assertThat(fixture.units())
                    .containsExactly(
                            new UnitCounts("accounts", "done.csv", new Counts(5, 5, 0, 2), "", false),
                            new UnitCounts(
                                    "accounts", "half.csv", new Counts(693, 209, 8, 7), "{\"behind\":699}", false),
                            new UnitCounts("messages", "queue vitally.messages", new Counts(1, 0, 0, 0), "", false));
            List<Pending> pending = fixture.take(477);
            assertThat(SpoolFixture.contents(pending)).containsExactlyElementsOf(expected());
            assertThat(pending.get(pending.size() - 1).type()).isEqualTo(MessageType.TRACK);
            fixture.lane().settle(pending.stream().map(Settled::delivered).toList());
            assertThat(fixture.spool.ledger().totals().pending()).isZero();
            assertLetters(fixture);
        }
        assertThat(folder.resolve("format")).hasContent(StoreFormat.NEWEST + "\n");
    }

    /** A loss of power can take all that the store wrote at its first start here, and leave the letters that it wrote besides. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void takesOverAgainWhatALossOfPowerTookBack(int format) throws Exception {
        // Given
        unzip(format);
        try (SpoolFixture fixture = new SpoolFixture(folder)) {
            RecordIntake intake = fixture.intake("accounts", "more.csv");
            intake.dead(new DeadRecord("1", DeadLetterCode.MAPPING, "no", Content.raw(new byte[10], false)));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();
        }
        unzip(format);

        // When
        try (SpoolFixture fixture = new SpoolFixture(folder)) {
            // Then
            assertLetters(fixture);
            assertThat(fixture.letters()).hasSize(8);
        }
    }

    private static List<String> expected() {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            if (i % 100 != 50 && i % 100 != 51) {
                messages.add("{\"n\":" + i + ",\"text\":\"Zürich\"}");
            }
        }
        messages.add("{\"track\":1}");
        return messages.subList(SETTLED, messages.size());
    }

    private static void assertLetters(SpoolFixture fixture) {
        List<DeadLetter> letters =
                fixture.spool.deadLetters().page(DeadLetterFilter.ALL, 0, 100).letters();
        assertThat(letters).hasSize(8);
        DeadLetterFilter ofUnit = new LettersThat().areOfUnit("half.csv").filter();
        assertThat(fixture.spool.deadLetters().page(ofUnit, 0, 100).letters())
                .extracting(DeadLetter::id)
                .isEqualTo(letters.stream().map(DeadLetter::id).toList());
        assertThat(letters.subList(0, 7)).allSatisfy(letter -> {
            assertThat(letter.refusal()).isEqualTo(new Refusal(DeadLetterCode.UNKNOWN, "name: must not be blank"));
            assertThat(letter.content().form()).isNotEqualTo(Content.Form.MESSAGE);
        });
        assertThat(letters.get(7).refusal())
                .isEqualTo(new Refusal(
                        DeadLetterCode.REFUSED,
                        "refused by the endpoint with status 400",
                        400,
                        "{\"error\":\"no\"}",
                        3,
                        null));
        assertThat(new String(letters.get(7).content().bytes(), UTF_8)).startsWith("{\"n\":");
    }

    private void unzip(int format) throws IOException {
        try (InputStream resource = getClass().getResourceAsStream("/spool/format-" + format + ".zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Files.write(folder.resolve(entry.getName()), zip.readAllBytes());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ORGANIZATION, 0",
        "ACCOUNT, 1",
        "USER, 2",
        "TRACK, 3",
        "CUSTOM_OBJECT_INSTANCE, 4",
        "UNLINK, 5",
        "OTHER, 6"
    })
    void keepsTheNumberOfEachType(MessageType type, byte number) {
        assertThat(BlockWriter.number(type)).isEqualTo(number);
        assertThat(BlockWriter.type(number)).isEqualTo(type);
    }

    @Test
    void hasANumberForEachType() {
        for (MessageType type : MessageType.values()) {
            assertThat(BlockWriter.type(BlockWriter.number(type))).isEqualTo(type);
        }
    }
}
