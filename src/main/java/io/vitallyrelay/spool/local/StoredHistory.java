package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Earlier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What something was a dead letter for, as it is stored with a message and with a letter: at most some 6 KB. */
final class StoredHistory {
    private static final int REASON_BYTES = 500;

    private StoredHistory() {}

    static byte[] encode(List<Earlier> history) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(history.size());
            for (Earlier each : history) {
                out.writeLong(each.at().toEpochMilli());
                StoredText.write(out, each.code().word());
                StoredText.write(out, StoredText.shortened(each.reason(), REASON_BYTES));
                out.writeInt(each.status());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static List<Earlier> decode(byte[] stored) {
        try {
            return read(new DataInputStream(new ByteArrayInputStream(stored)));
        } catch (IOException e) {
            throw new IllegalStateException("a history that ends early", e);
        }
    }

    static List<Earlier> read(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        List<Earlier> history = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Instant at = Instant.ofEpochMilli(in.readLong());
            DeadLetterCode code = DeadLetterCode.ofWord(StoredText.read(in)).orElse(DeadLetterCode.UNKNOWN);
            history.add(new Earlier(at, code, StoredText.read(in), in.readInt()));
        }
        return history;
    }
}
