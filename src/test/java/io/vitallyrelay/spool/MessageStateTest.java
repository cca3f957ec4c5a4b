package io.vitallyrelay.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The states are those of the documentation, and final ones are final. */
class MessageStateTest {
    private static final Path PAGE = Path.of("docs/internals/guarantees.md");

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

    @ParameterizedTest
    @EnumSource(names = {"DELIVERED", "DISCARDED"})
    void refusesToGoOnFromAFinalState(MessageState last) {
        assertThat(MessageState.values()).noneMatch(last::may);
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
