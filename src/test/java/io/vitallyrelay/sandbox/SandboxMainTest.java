package io.vitallyrelay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SandboxMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void printsOneLineAndEndsWithItsInput(@TempDir Path folder) {
        // Given
        String journal = folder.resolve("journal").toString();

        // When
        int status = run("--port", "0", "--token", "t", "--journal", journal);

        // Then
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .matches("sandbox ready http://127\\.0\\.0\\.1:\\d+/analytics/v1/batch\\R");
        assertThat(folder.resolve("journal")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "--token, --token needs a value",
        "--token t --port x, 'the port must be a number, not x'",
        "--token t --port 65536, 'the port must be 0 to 65535, not 65536'",
        "--port 0, the token must not be empty",
        "--tokens t, unknown argument --tokens",
    })
    void saysWhichArgumentIsBad(String arguments, String message) {
        // When
        int status = run(arguments.split(" "));

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("sandbox: " + message)
                .contains("usage:");
        assertThat(out.size()).isZero();
    }

    @Test
    void saysThatItCannotStart(@TempDir Path folder) {
        // When
        int status = run("--token", "t", "--journal", folder.toString());

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("sandbox: ");
    }

    private int run(String... arguments) {
        return SandboxMain.run(
                arguments,
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
