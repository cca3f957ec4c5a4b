package io.vitallyrelay.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file with a line per accepted message: {@code <batch number>\t<messageId>\t<message as it was sent>}. Batches
 * count from 1 in every process; the messageId is escaped as inside JSON and empty where there is none; line breaks
 * between the fields of a message become spaces. A batch is handed to the operating system in one write before it is
 * answered, so it outlives this process, though not a crash of the machine. Safe for many threads.
 */
final class Journal implements AutoCloseable {
    private final OutputStream file;
    private long batches;

    Journal(Path path) throws IOException {
        file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized void append(List<ReceivedMessage> batch, byte[] body) throws IOException {
        batches++;
        byte[] number = (batches + "\t").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * body.length);
        for (ReceivedMessage message : batch) {
            lines.writeBytes(number);
            if (message.messageId() != null) {
                lines.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(message.messageId()));
            }
            lines.write('\t');
            for (int i = message.from(); i < message.to(); i++) {
                lines.write(body[i] == '\n' || body[i] == '\r' ? ' ' : body[i]);
            }
            lines.write('\n');
        }
        file.write(lines.toByteArray());
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
