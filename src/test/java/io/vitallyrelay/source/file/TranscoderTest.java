package io.vitallyrelay.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranscoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "GB18030", "CESU-8"})
    void keepsCharactersWholeAcrossItsBuffers(String charset) throws IOException {
        // Given
        String text = "x" + "\uD83D\uDE00\u20ac\u00e9".repeat(20_000);
        Transcoder transcoder = new Transcoder(
                new ByteArrayInputStream(text.getBytes(Charset.forName(charset))), Charset.forName(charset));
        // When
        byte[] utf8 = transcoder.readAllBytes();
        // Then
        assertThat(utf8).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void marksWhatMeansNothing() throws IOException {
        // Given
        byte[] halfAPair = {(byte) 0xD8, 0x3D, 0, 'a', 0, 'b', 0};
        // When
        byte[] utf8 = new Transcoder(new ByteArrayInputStream(halfAPair), StandardCharsets.UTF_16BE).readAllBytes();
        // Then
        assertThat(utf8).containsExactly(Transcoder.INVALID, 'b', Transcoder.INVALID);
    }
}
