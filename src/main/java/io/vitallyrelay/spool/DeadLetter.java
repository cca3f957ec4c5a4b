package io.vitallyrelay.spool;

import io.vitallyrelay.message.Origin;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
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
            StoredText.write(out, origin.integration());
            StoredText.write(out, origin.unit());
            StoredText.write(out, origin.position());
            StoredText.write(out, refusal.reason());
            out.writeInt(refusal.status());
            out.writeBoolean(refusal.answer() != null);
            StoredText.write(out, refusal.answer() == null ? "" : refusal.answer());
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
        Origin origin = new Origin(StoredText.read(in), StoredText.read(in), StoredText.read(in));
        String reason = StoredText.read(in);
        int status = in.readInt();
        boolean answered = in.readBoolean();
        String answer = StoredText.read(in);
        Refusal refusal = new Refusal(reason, status, answered ? answer : null, in.readInt());
        Instant at = Instant.ofEpochMilli(in.readLong());
        boolean isMessage = in.readBoolean();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        return new DeadLetter(id, origin, refusal, at, content, isMessage);
    }
}
