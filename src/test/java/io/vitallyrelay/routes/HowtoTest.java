package io.vitallyrelay.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the how-to pages are files that other tests run: a comment names the file above its block. */
class HowtoTest {
    private static final Pattern BLOCK = Pattern.compile("<!-- (\\S+) -->\\n```\\w+\\n(.*?)```\\n", Pattern.DOTALL);

    @Test
    void theExamplesForTablesAreThoseOfTheIntegrations() throws IOException {
        // Given
        String page = Files.readString(Path.of("docs/howto/poll-a-table.md"));
        List<MatchResult> blocks = BLOCK.matcher(page).results().toList();

        // When
        List<String> files = new ArrayList<>();
        for (MatchResult block : blocks) {
            files.add(Files.readString(Path.of(block.group(1))));
        }

        // Then
        assertThat(blocks).hasSize(7);
        assertThat(blocks.stream().map(block -> block.group(2)).toList()).isEqualTo(files);
    }
}
