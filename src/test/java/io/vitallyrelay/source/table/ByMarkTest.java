package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Intake;
import io.vitallyrelay.spool.Outcome;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ByMarkTest {
    private final TestDatabase database = TestDatabase.h2();
    private final List<String> unmarkedAtFlush = new ArrayList<>();

    @BeforeEach
    void insert() throws SQLException {
        database.run("create table events (id int, sent boolean)", "insert into events values (1, false), (2, false)");
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    void marksRowsOnlyWhenTheyAreDurable() throws Exception {
        // Given
        TableSettings settings = TableSettings.of(
                "select * from events where not sent order by id limit :limit",
                "",
                "update events set sent = true where id = :id",
                "id",
                Duration.ZERO,
                FirstPoll.ALL,
                10,
                1000);
        ByMark progress =
                new ByMark(settings, ZoneOffset.UTC, new RecordIntake(new TellsWhatIsUnmarkedAtFlush()), notice -> {});
        try (Connection connection = database.database().connect()) {
            progress.begin(connection);
            progress.nextPage(connection).forEach(progress::taken);

            // When
            progress.nextPage(connection);
        }

        // Then
        assertThat(unmarkedAtFlush).containsExactly("2");
        assertThat(unmarked()).isEqualTo("0");
    }

    private String unmarked() {
        try {
            return database.one("select count(*) from events where not sent");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private final class TellsWhatIsUnmarkedAtFlush implements Intake {
        @Override
        public void flush() {
            unmarkedAtFlush.add(unmarked());
        }

        @Override
        public String resumeAt() {
            return "";
        }

        @Override
        public void append(List<Outcome> outcomes, ResumePoint behind) {}
    }
}
