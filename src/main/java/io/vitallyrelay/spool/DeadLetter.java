package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A message, or a record that became no message, which will not be accepted as it is.
 *
 * @param id grows with each dead letter of the store
 * @param content the message as it was sent, or the record as it was read
 * @param isMessage whether {@code content} is a message
 */
public record DeadLetter(long id, Origin origin, Refusal refusal, Instant at, byte[] content, boolean isMessage) {

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeText(out, origin.integration());
            writeText(out, origin.unit());
            writeText(out, origin.position());
            writeText(out, refusal.reason());
            out.writeInt(refusal.status());
            out.writeBoolean(refusal.answer() != null);
            writeText(out, refusal.answer() == null ? "" : refusal.answer());
            out.writeInt(refusal.attempts());
            out.writeLong(at.toEpochMilli());
            out.writeBoolean(isMessage);
            out.writeInt(content.length);
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static DeadLetter decode(long id, DataInputStream in) throws IOException {
        Origin origin = new Origin(readText(in), readText(in), readText(in));
        String reason = readText(in);
        int status = in.readInt();
        boolean answered = in.readBoolean();
        String answer = readText(in);
        Refusal refusal = new Refusal(reason, status, answered ? answer : null, in.readInt());
        Instant at = Instant.ofEpochMilli(in.readLong());
        boolean isMessage = in.readBoolean();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return new DeadLetter(id, origin, refusal, at, content, isMessage);
    }

    /** Unlike {@link DataOutputStream#writeUTF}, has no limit of 64 KB. */
    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
