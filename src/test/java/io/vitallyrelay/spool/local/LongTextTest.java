package io.vitallyrelay.spool.local;

import static io.vitallyrelay.spool.local.SpoolFixture.ROOMY;
import static io.vitallyrelay.spool.local.SpoolFixture.contents;
import static io.vitallyrelay.spool.local.SpoolFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.DeadRecord;
import io.vitallyrelay.spool.Pending;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.ResumePoint;
import io.vitallyrelay.spool.Settled;
import io.vitallyrelay.spool.UnitCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text comes, however long: its neighbours are delivered, and the store opens again. */
class LongTextTest {
    @TempDir
    Path directory;

    /** Where a text may be too long. */
    enum Field {
        INTEGRATION,
        UNIT,
        POSITION,
        RESUME_POINT,
        REASON,
        ANSWER,
        MESSAGE_ID,
        ENTITY;

        String or(Field field, String text, String usual) {
            return this == field ? text : usual;
        }
    }

    static Stream<Arguments> longTexts() {
        List<String> texts = List.of(
                "k".repeat(70_000),
                "\ud83d\ude00".repeat(70_000),
                "k".repeat(65_535),
                "k".repeat(65_536),
                "\u00e4".repeat(40_000),
                "k" + "\ud83d\ude00".repeat(300),
                "\ud83d".repeat(70_000),
                "\u0000".repeat(70_000));
        return Stream.of(Field.values()).flatMap(field -> texts.stream().map(text -> Arguments.of(field, text)));
    }

    @ParameterizedTest(name = "{0}, case {index}")
    @MethodSource("longTexts")
    void deliversTheNeighboursOfALongTextAlsoAfterARestart(Field field, String text) throws Exception {
        // Given
        String integration = field.or(Field.INTEGRATION, text, "accounts");
        String unit = field.or(Field.UNIT, text, "file");
        String position = field.or(Field.POSITION, text, "key 2");
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            RecordIntake intake = fixture.intake(integration, unit);
            intake.message(message("1", "before"), "key 1");
            intake.message(
                    new Message(
                            MessageType.USER,
                            field.or(Field.MESSAGE_ID, text, "id"),
                            field.or(Field.ENTITY, text, "user:2"),
                            "long".getBytes(StandardCharsets.UTF_8)),
                    position);
            intake.dead(new DeadRecord(
                    position,
                    DeadLetterCode.CONTRACT,
                    field.or(Field.REASON, text, "absent"),
                    Content.record(new byte[0])));
            intake.message(message("3", "behind"), "key 3");
            intake.recordDone(() -> field.or(Field.RESUME_POINT, text, "behind 3"));
            intake.flush();
            fixture.lane()
                    .settle(List.of(Settled.dead(
                            fixture.take(1).get(0),
                            new Refusal(
                                    DeadLetterCode.REFUSED,
                                    field.or(Field.REASON, text, "refused"),
                                    422,
                                    field.or(Field.ANSWER, text, "no"),
                                    1,
                                    null))));
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            List<Pending> rest = restarted.take(2);
            restarted.lane().settle(rest.stream().map(Settled::delivered).toList());

            // Then
            assertThat(contents(rest)).containsExactly("long", "behind");
            assertThat(restarted.units())
                    .singleElement()
                    .extracting(UnitCounts::read, UnitCounts::delivered, UnitCounts::dead, UnitCounts::pending)
                    .containsExactly(4L, 2L, 2L, 0L);
            assertThat(restarted
                            .spool
                            .deadLetters()
                            .page(DeadLetterFilter.ALL, 0, 10)
                            .letters())
                    .hasSize(2);
            if (field != Field.RESUME_POINT || text.codePoints().allMatch(c -> c < 0xd800 || c > 0xdfff)) {
                assertThat(restarted.spool.intake(integration, unit).resumeAt())
                        .isEqualTo(field.or(Field.RESUME_POINT, text, "behind 3"));
            }
        }
    }

    @Test
    void givesTheLongPositionOfALetterCutWithItsHash() throws Exception {
        // Given
        try (SpoolFixture fixture = new SpoolFixture(directory)) {
            RecordIntake intake = fixture.intake("accounts", "table");
            intake.dead(new DeadRecord(
                    "id " + "k".repeat(70_000), DeadLetterCode.CONTRACT, "absent", Content.record(new byte[0])));
            intake.dead(new DeadRecord(
                    "id " + "k".repeat(70_001), DeadLetterCode.CONTRACT, "absent", Content.record(new byte[0])));
            intake.recordDone(ResumePoint.NONE);
            intake.flush();

            // When
            List<String> positions = fixture.spool.deadLetters().page(DeadLetterFilter.ALL, 0, 10).letters().stream()
                    .map(letter -> letter.origin().position())
                    .toList();

            // Then
            assertThat(positions)
                    .doesNotHaveDuplicates()
                    .allSatisfy(position -> assertThat(position)
                            .startsWith("id kkk")
                            .hasSize(1000)
                            .containsPattern("\\.\\.\\. \\(cut, 7000[34] bytes with SHA-256 [0-9a-f]{32}\\)$"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 997, 998, 999, 1000, 1001, 1002, 1003})
    void cutsBetweenCharacters(int blanks) {
        // Given
        String text = " ".repeat(blanks - 900) + "\ud83d\ude00".repeat(1000);

        // When
        String stored = StoredText.place(text);

        // Then
        assertThat(stored.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1000);
        assertThat(stored).doesNotContain("\ufffd", "?");
    }

    @Test
    void leavesATextOfAThousandBytesAsItIs() {
        // Given
        String text = "\ud83d\ude00".repeat(250);

        // When
        String stored = StoredText.place(text);

        // Then
        assertThat(stored).isEqualTo(text);
    }

    @Test
    void findsTheUnitOfALongNameAgain() throws Exception {
        // Given
        String name = "table:main/" + "t".repeat(70_000);
        try (SpoolFixture fixture = new SpoolFixture(directory, 1, ROOMY, ROOMY)) {
            fixture.append(name, "a");
        }

        // When
        try (SpoolFixture restarted = new SpoolFixture(directory)) {
            restarted.append(name, "b");

            // Then
            assertThat(restarted.units())
                    .singleElement()
                    .satisfies(unit -> assertThat(unit.read()).isEqualTo(2));
        }
    }

    @Test
    void readsAUnitAsStoresOfBeforeHaveIt() throws IOException {
        // Given
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("accounts \ud83d\ude00");
        out.writeUTF("file");
        for (long count : new long[] {10, 7, 1, 3}) {
            out.writeLong(count);
        }
        out.writeUTF("behind 10");
        out.writeLong(5);

        // When
        Unit unit = Unit.decode(1, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        // Then
        assertThat(unit.shown())
                .isEqualTo(new UnitCounts("accounts \ud83d\ude00", "file", new Counts(10, 7, 1, 3), "behind 10", true));
    }
}
