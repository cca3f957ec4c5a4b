package io.vitallyrelay.source.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hour that comes twice when clocks are set back, in a zone of this test where they were half an hour ago. */
@Timeout(60)
class RepeatedHourTest {
    private static final Instant SET_BACK =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(1_800);
    private static final ZoneOffset SUMMER = ZoneOffset.ofHours(2);
    private static final ZoneOffset WINTER = ZoneOffset.ofHours(1);
    private static final ZoneId ZONE = register();

    @TempDir
    Path folder;

    @SuppressWarnings("InvalidZoneId") // known once it is registered
    private static ZoneId register() {
        ZoneRulesProvider.registerProvider(new HalfAnHourAgo());
        return ZoneId.of(HalfAnHourAgo.ID);
    }

    private static String timestamp(Instant moment, ZoneOffset offset) {
        return "timestamp '"
                + LocalDateTime.ofInstant(moment, offset).toString().replace('T', ' ') + "'";
    }

    @ParameterizedTest(name = "with a look-back of {0} s")
    @ValueSource(longs = {0, 60})
    void findsARowOfTheSecondHourBelowOneOfTheFirst(long lookBack) throws Exception {
        // Given a row of a minute before, and one of ten minutes afterwards, with a lower timestamp
        try (TestDatabase database = TestDatabase.h2();
                PolledTable table = new PolledTable(database.database(ZONE), folder)) {
            database.run(
                    "create table accounts (id int primary key, updated_at timestamp)",
                    "insert into accounts values (1, " + timestamp(SET_BACK.minusSeconds(60), SUMMER) + ")");
            table.lookBack = Duration.ofSeconds(lookBack);
            table.start().poll();
            database.run("insert into accounts values (2, " + timestamp(SET_BACK.plusSeconds(600), WINTER) + ")");

            // When
            List<Integer> ids = table.restart().poll();

            // Then
            assertThat(table.failure()).isNull();
            assertThat(ids).containsExactly(2);
        }
    }

    @Test
    void takesATimeThatComesTwiceForTheSecondOne() {
        // When
        Instant over = WatermarkType.LOCAL.over(LocalDateTime.parse("2025-10-26T02:59:00"), ZoneId.of("Europe/Berlin"));

        // Then
        assertThat(over).isEqualTo("2025-10-26T01:59:00Z");
    }

    private static final class HalfAnHourAgo extends ZoneRulesProvider {
        private static final String ID = "Test/HalfAnHourAgo";

        @Override
        protected Set<String> provideZoneIds() {
            return Set.of(ID);
        }

        @Override
        protected ZoneRules provideRules(String zoneId, boolean forCaching) {
            ZoneOffsetTransition setBack =
                    ZoneOffsetTransition.of(LocalDateTime.ofInstant(SET_BACK, SUMMER), SUMMER, WINTER);
            return ZoneRules.of(SUMMER, SUMMER, List.of(), List.of(setBack), List.of());
        }

        @Override
        protected NavigableMap<String, ZoneRules> provideVersions(String zoneId) {
            return new TreeMap<>(Map.of("1", provideRules(zoneId, false)));
        }
    }
}
