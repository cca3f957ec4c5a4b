package io.vitallyrelay.spool.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** By these numbers letters of stores that there are are found. */
class LetterTermTest {
    @Test
    void givesEachTextTheNumberItAlwaysHad() {
        assertThat(LetterTerm.entity("user:u1")).isEqualTo(7871880688250738169L);
        assertThat(LetterTerm.messageId("Zürich")).isEqualTo(-9136257116479416507L);
    }
}
