package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StrayTest {
    @Test
    void hasOneLineForEachReason() {
        // When
        List<String> lines =
                Stray.lines(List.of(new Stray("a", "a link"), new Stray("b", "a pipe"), new Stray("c", "a link")));

        // Then
        assertThat(lines).containsExactly("a, c are not read: a link", "b is not read: a pipe");
    }

    @Test
    void namesTheFirstAndCountsTheOthers() {
        // Given
        List<Stray> many = IntStream.range(0, 20_000)
                .mapToObj(i -> new Stray("f" + i, "a link"))
                .toList();

        // When
        List<String> lines = Stray.lines(many);

        // Then
        assertThat(lines).containsExactly("f0, f1, f2, f3, f4, f5, f6, f7, f8, f9 and 19990 more are not read: a link");
    }

    @Test
    void keepsToOneLineWhateverTheName() {
        // When
        List<String> lines = Stray.lines(List.of(new Stray("a\n2026 ERROR all is lost", "a link")));

        // Then
        assertThat(lines).containsExactly("a\\u000A2026 ERROR all is lost is not read: a link");
    }
}
