package io.vitallyrelay.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pages agree with the table. After a change of the table, {@code mvn test -Dtest=SettingsPagesTest
 * -Dsettings.pages=write} writes them anew.
 */
class SettingsPagesTest {
    private static final Path REFERENCE = Path.of("docs/reference/settings.md");
    private static final Path PROPERTIES = Path.of("application.properties");

    @BeforeAll
    static void writePagesWhenAsked() throws IOException {
        if ("write".equals(System.getProperty("settings.pages"))) {
            Files.writeString(REFERENCE, SettingsPages.reference());
            Files.writeString(PROPERTIES, SettingsPages.properties() + partByHand());
        }
    }

    @Test
    void theReferenceIsThatOfTheTable() throws IOException {
        // When
        String reference = Files.readString(REFERENCE);

        // Then
        assertThat(reference).isEqualTo(SettingsPages.reference());
    }

    @Test
    void thePropertiesBeginWithThoseOfTheTable() throws IOException {
        // When
        String file = Files.readString(PROPERTIES);

        // Then
        assertThat(file).startsWith(SettingsPages.properties());
    }

    @Test
    void theReadmeNamesSettingsOfTheTableWithTheirDefaults() throws IOException {
        // When
        List<String> rows = Pattern.compile("(?m)^\\| `(?:vitally|relay)\\.[^|]*\\|[^|]*\\|")
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(MatchResult::group)
                .toList();

        // Then
        assertThat(rows)
                .isNotEmpty()
                .isSubsetOf(SettingsTable.ALL.stream()
                        .map(setting -> "| `%s` | %s |".formatted(setting.key(), SettingsPages.defaultOf(setting)))
                        .toList());
    }

    @Test
    void thePartByHandHoldsNoneOfOurSettings() throws IOException {
        // Given
        Properties byHand = new Properties();

        // When
        byHand.load(new StringReader(partByHand()));

        // Then
        assertThat(byHand.stringPropertyNames()).isNotEmpty().noneMatch(key -> key.matches("(vitally|relay)\\..*"));
    }

    /** A properties file is read in Latin 1 by some and in UTF-8 by others. */
    @Test
    void thePropertiesAreAscii() throws IOException {
        // When
        String file = Files.readString(PROPERTIES);

        // Then
        assertThat(StandardCharsets.US_ASCII.newEncoder().canEncode(file)).isTrue();
    }

    private static String partByHand() throws IOException {
        String file = Files.readString(PROPERTIES);
        int start = file.indexOf(SettingsPages.BY_HAND);
        assertThat(start).as("place of the heading above the part by hand").isNotNegative();
        return file.substring(start + SettingsPages.BY_HAND.length());
    }
}
