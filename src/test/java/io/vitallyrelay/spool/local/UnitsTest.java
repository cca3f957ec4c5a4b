package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vitallyrelay.spool.Counts;
import io.vitallyrelay.spool.UnitCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private final Units units = new Units();

    @Test
    void givesEachFinishedUnitOnceThatHasNothingPending() {
        // Given
        Unit early = finished("early", 10);
        Unit pending = finished("pending", 20);
        units.add(pending, new Counts(1, 0, 0, 0));
        Unit late = finished("late", 40);

        // When, Then
        assertThat(units.takeFinishedBefore(30)).containsExactly(early);
        assertThat(units.takeFinishedBefore(30)).isEmpty();
        units.add(pending, new Counts(0, 1, 0, 0));
        assertThat(units.takeFinishedBefore(50)).containsExactly(pending, late);
    }

    @Test
    void givesNoFinishedUnitThatWasBegunAgain() {
        // Given
        Unit again = finished("again", 10);

        // When
        units.begin(again);

        // Then
        assertThat(units.takeFinishedBefore(30)).isEmpty();
        assertThat(names(units.unfinished("accounts"))).containsExactly("again");
    }

    @Test
    void knowsTheUnfinishedUnitsOfAnIntegrationAlone() {
        // Given
        units.begin(units.of("accounts", "b"));
        units.begin(units.of("accounts", "a"));
        units.begin(units.of("accounts-csv", "c"));
        finished("done", 10);

        // When, Then
        assertThat(names(units.unfinished("accounts"))).containsExactly("a", "b");
    }

    private Unit finished(String name, long at) {
        Unit unit = units.of("accounts", name);
        units.begin(unit);
        units.finish(unit, at);
        return unit;
    }

    private static List<String> names(List<UnitCounts> units) {
        return units.stream().map(UnitCounts::unit).toList();
    }
}
