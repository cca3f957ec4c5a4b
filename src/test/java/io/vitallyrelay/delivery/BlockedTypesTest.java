package io.vitallyrelay.delivery;

import static io.vitallyrelay.message.MessageType.OTHER;
import static io.vitallyrelay.message.MessageType.TRACK;
import static io.vitallyrelay.message.MessageType.USER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlockedTypesTest {
    private final BlockedTypes types = new BlockedTypes();

    @Test
    void tellOnceThatATypeIsBlocked() {
        // When
        List<Boolean> told = new ArrayList<>();
        for (int i = 0; i < 2 * BlockedTypes.IN_A_ROW; i++) {
            told.add(types.refused(TRACK));
        }

        // Then
        assertThat(told.indexOf(true)).isEqualTo(BlockedTypes.IN_A_ROW - 1);
        assertThat(told).containsOnlyOnce(true);
    }

    @Test
    void countOnlyRefusalsInARow() {
        // Given
        refuse(BlockedTypes.IN_A_ROW - 1);
        types.taken(TRACK);

        // When
        refuse(BlockedTypes.IN_A_ROW - 1);

        // Then
        assertThat(types.all()).isEmpty();
    }

    @Test
    void areNotUnblockedByAnotherType() {
        // Given
        refuse(BlockedTypes.IN_A_ROW);

        // When
        types.taken(USER);

        // Then
        assertThat(types.all()).containsExactly(TRACK);
    }

    @Test
    void areNeverThoseThatAreNotKnownForTheyAreMany() {
        // When
        boolean told = false;
        for (int i = 0; i < 2 * BlockedTypes.IN_A_ROW; i++) {
            told |= types.refused(OTHER);
        }

        // Then
        assertThat(told).isFalse();
        assertThat(types.all()).isEmpty();
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            types.refused(TRACK);
        }
    }
}
