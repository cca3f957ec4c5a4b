package io.vitallyrelay.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.MessageType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordIntakeTest {
    private static final DeadRecord BROKEN =
            new DeadRecord("3", DeadLetterCode.MALFORMED, "broken", Content.raw(new byte[0], false));

    private final List<String> appended = new ArrayList<>();
    private final RecordIntake intake = new RecordIntake(new Remembers());

    @Test
    void takesARecordAsAWholeOrNotAtAll() throws Exception {
        // Given
        intake.message(message("first half"), "1");

        // When: the second half fails
        intake.discard();
        intake.dead(BROKEN);
        intake.recordDone(() -> "behind 1");

        // Then
        assertThat(appended).containsExactly("dead 3", "behind 1");
    }

    @Test
    void appendsRecordsThatAreDoneTogether() throws Exception {
        // Given
        intake.message(message("a"), "1");
        intake.recordDoneLater(() -> "behind 1");
        intake.recordDoneLater(() -> "behind 2");
        intake.message(message("thrown away"), "3");
        intake.discard();
        intake.dead(BROKEN);
        intake.recordDoneLater(() -> "behind 3");
        intake.message(message("of a record that is not done"), "4");

        // When
        intake.appendDone();

        // Then
        assertThat(appended).containsExactly("a at 1", "skipped", "dead 3", "behind 3");
        assertThat(intake.gathered()).isEqualTo(1);
    }

    @Test
    void appendsNothingWhereNoRecordIsDone() throws Exception {
        // Given
        intake.message(message("of a record that is not done"), "1");

        // When
        intake.appendDone();

        // Then
        assertThat(appended).isEmpty();
    }

    private static Message message(String content) {
        return new Message(MessageType.USER, content, "entity", new byte[0]);
    }

    private final class Remembers implements Intake {
        @Override
        public String resumeAt() {
            return "";
        }

        @Override
        public void append(List<Outcome> outcomes, ResumePoint behind) {
            outcomes.forEach(outcome -> appended.add(text(outcome)));
            appended.add(behind.encode());
        }

        private static String text(Outcome outcome) {
            if (outcome instanceof Outcome.Appended message) {
                return message.message().messageId() + " at " + message.position();
            }
            return outcome instanceof Outcome.Dead dead
                    ? "dead " + dead.record().position()
                    : "skipped";
        }

        @Override
        public void flush() {}
    }
}
