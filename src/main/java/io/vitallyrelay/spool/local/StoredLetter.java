package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;

/** A dead letter as it is stored: whoever made it, its texts have a bound. */
final class StoredLetter {
    private StoredLetter() {}

    static byte[] encode(DeadLetter letter) {
        Origin origin = letter.origin();
        Refusal refusal = letter.refusal();
        String answer = refusal.answer();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(letter.content().length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            StoredText.write(out, origin.integration());
            StoredText.write(out, origin.unit());
            StoredText.write(out, origin.position());
            StoredText.write(out, StoredText.shortened(refusal.reason(), StoredText.REASON_BYTES));
            out.writeInt(refusal.status());
            out.writeBoolean(answer != null);
            StoredText.write(out, answer == null ? "" : StoredText.shortened(answer, StoredText.ANSWER_BYTES));
            out.writeInt(refusal.attempts());
            out.writeLong(letter.at().toEpochMilli());
            out.writeBoolean(letter.isMessage());
            out.writeInt(letter.content().length);
            out.write(letter.content());
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
