package io.vitallyrelay.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The states are those of the documentation, and the spool refuses what does not follow from them. */
class MessageStateTest {
    private static final Path PAGE = Path.of("docs/internals/guarantees.md");
    private static final Refusal REFUSAL = new Refusal("refused", 400, "no", 1);

    @TempDir
    private Path directory;

    private SpoolFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new SpoolFixture(directory);
        fixture.append("file", "a", "b");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void areTheWordsAndTransitionsOfTheDocumentation() throws Exception {
        // Given
        Map<String, String> states = new LinkedHashMap<>();
        for (MessageState state : MessageState.values()) {
            states.put(
                    state.word(),
                    Arrays.stream(MessageState.values())
                            .filter(state::may)
                            .map(MessageState::word)
                            .collect(Collectors.joining(", ")));
        }

        // When
        Map<String, String> documented = documented();

        // Then
        assertThat(documented).containsExactlyEntriesOf(states);
    }

    @Test
    void refusesToDeliverWhatWasNotAnswered() throws Exception {
        // Given
        PendingMessage taken = fixture.take(1).get(0);

        // When, Then
        assertRefused(Settlement.delivered(taken), "message 0 of block 1 is taken and cannot become delivered");
    }

    @Test
    void refusesToSettleWhatWasGivenBack() throws Exception {
        // Given
        List<PendingMessage> taken = fixture.takeAnswered(1);
        fixture.spool.giveBack(taken);

        // When, Then
        assertRefused(Settlement.delivered(taken.get(0)), "is pending and cannot become delivered");
    }

    @Test
    void refusesToSettleTwice() throws Exception {
        // Given
        PendingMessage taken = fixture.takeAnswered(1).get(0);
        fixture.spool.settle(List.of(Settlement.delivered(taken)));

        // When, Then
        assertRefused(Settlement.delivered(taken), "is delivered and cannot become delivered");
        assertRefused(Settlement.dead(taken, REFUSAL), "is delivered and cannot become dead");
        assertThat(fixture.counts("file").delivered()).isEqualTo(1);
    }

    @Test
    void settlesNothingWhereOneCannotBeSettled() throws Exception {
        // Given
        PendingMessage answered = fixture.takeAnswered(1).get(0);
        PendingMessage taken = fixture.take(1).get(0);

        // When
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        fixture.spool.settle(List.of(Settlement.delivered(answered), Settlement.delivered(taken))));

        // Then
        assertThat(fixture.counts("file").pending()).isEqualTo(2);
    }

    @Test
    void refusesToGiveBackTwice() throws Exception {
        // Given
        List<PendingMessage> taken = fixture.take(1);
        fixture.spool.giveBack(taken);

        // When, Then
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.spool.giveBack(taken))
                .withMessageContaining("is pending and cannot become pending");
    }

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "DEAD"})
    void refusesToGoOnFromAFinalState(MessageState last) {
        assertThat(MessageState.values()).noneMatch(last::may);
    }

    private void assertRefused(Settlement settlement, String why) {
        assertThatIllegalStateException()
                .isThrownBy(() -> fixture.spool.settle(List.of(settlement)))
                .withMessageContaining(why);
    }

    /** State and next states, from the rows of the one table that has a column with this name. */
    private static Map<String, String> documented() throws Exception {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(PAGE)) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (line.startsWith("| state |")) {
                assertThat(cells.get(3)).isEqualTo("next");
                inTable = true;
            } else if (inTable && !line.startsWith("|")) {
                break;
            } else if (inTable && !line.startsWith("|---")) {
                rows.put(cells.get(1), cells.get(3).equals("none") ? "" : cells.get(3));
            }
        }
        return rows;
    }
}
