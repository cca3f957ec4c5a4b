package io.vitallyrelay.source.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void findsTheFirstOfAValueAtEveryDistance() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                // Given
                byte[] bytes = new byte[length];
                bytes[at] = '\n';
                bytes[length - 1] = '\n';
                // When
                int found = ByteSearch.indexOf(bytes, at / 2, length, (byte) '\n');
                // Then
                assertThat(found).isEqualTo(at);
            }
        }
    }

    @Test
    void findsNothingOutsideOfItsRange() {
        // Given
        byte[] bytes = "\n0123456789\n".getBytes(StandardCharsets.UTF_8);
        // When
        int found = ByteSearch.indexOf(bytes, 1, bytes.length - 1, (byte) '\n');
        // Then
        assertThat(found).isEqualTo(-1);
    }

    @Test
    void isNotMisledByNeighbours() {
        // Given
        byte[] bytes = {11, 9, 0, (byte) 0x8A, (byte) 0xFF, 11, 11, 11, 11, 10};
        // When
        int found = ByteSearch.indexOf(bytes, 0, bytes.length, (byte) 10);
        // Then
        assertThat(found).isEqualTo(9);
    }

    @Test
    void judgesUtf8AsTheJdkDoes() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] interesting = {
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5
        };
        for (int round = 0; round < 30_000; round++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) interesting[random.nextInt(random.nextInt(interesting.length) + 1)];
            }
            // When
            boolean valid = Utf8.firstInvalid(bytes, 0, bytes.length) < 0;
            // Then
            assertThat(valid).as("seed %d, round %d", seed, round).isEqualTo(validToTheJdk(bytes));
        }
    }

    private static boolean validToTheJdk(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
