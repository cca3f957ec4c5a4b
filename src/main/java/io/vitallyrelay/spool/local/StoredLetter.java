package io.vitallyrelay.spool.local;

import io.vitallyrelay.message.Origin;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.Earlier;
import io.vitallyrelay.spool.Refusal;
import io.vitallyrelay.spool.Subject;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** A dead letter as it is stored: whoever made it, its texts have a bound. */
final class StoredLetter {
    /** Stands where stores of before have the length of the integration's name. */
    private static final int WITH_CODE = -1;
    /** As that, with a history at the end. */
    private static final int WITH_HISTORY = -2;
    /** By the number under which they are stored, which never changes. */
    private static final Content.Form[] FORMS = {Content.Form.MESSAGE, Content.Form.RECORD, Content.Form.RAW};

    private StoredLetter() {}

    static byte[] encode(DeadLetter letter) {
        Origin origin = letter.origin();
        Refusal refusal = letter.refusal();
        String answer = refusal.answer();
        Content content = letter.content();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.bytes().length + 256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            boolean hasHistory = !letter.history().isEmpty();
            out.writeInt(hasHistory ? WITH_HISTORY : WITH_CODE);
            StoredText.write(out, origin.integration());
            StoredText.write(out, origin.unit());
            StoredText.write(out, origin.position());
            StoredText.write(out, refusal.code().word());
            StoredText.write(out, StoredText.shortened(refusal.reason(), StoredText.REASON_BYTES));
            out.writeInt(refusal.status());
            out.writeBoolean(answer != null);
            StoredText.write(out, answer == null ? "" : StoredText.shortened(answer, StoredText.ANSWER_BYTES));
            out.writeInt(refusal.attempts());
            out.writeLong(refusal.firstSent() == null ? 0 : refusal.firstSent().toEpochMilli());
            out.writeLong(letter.at().toEpochMilli());
            write(letter.subject(), out);
            out.writeByte(number(content.form()));
            out.writeBoolean(content.isCut());
            out.writeInt(content.bytes().length);
            out.write(content.bytes());
            if (hasHistory) {
                out.write(StoredHistory.encode(letter.history()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(Subject subject, DataOutputStream out) throws IOException {
        out.writeBoolean(subject != null);
        if (subject != null) {
            out.writeByte(BlockWriter.number(subject.type()));
            StoredText.write(out, subject.entity());
            StoredText.write(out, subject.messageId());
        }
    }

    private static int number(Content.Form form) {
        int number = 0;
        while (FORMS[number] != form) {
            number++;
        }
        return number;
    }

    /** @param in supports {@link DataInputStream#mark} */
    static DeadLetter decode(long id, DataInputStream in) throws IOException {
        in.mark(Integer.BYTES);
        int form = in.readInt();
        if (form != WITH_CODE && form != WITH_HISTORY) {
            in.reset();
            return decodeWithoutCode(id, in);
        }
        Origin origin = new Origin(StoredText.read(in), StoredText.read(in), StoredText.read(in));
        DeadLetterCode code = DeadLetterCode.ofWord(StoredText.read(in)).orElse(DeadLetterCode.UNKNOWN);
        String reason = StoredText.read(in);
        int status = in.readInt();
        boolean answered = in.readBoolean();
        String answer = StoredText.read(in);
        int attempts = in.readInt();
        long firstSent = in.readLong();
        Refusal refusal = new Refusal(
                code,
                reason,
                status,
                answered ? answer : null,
                attempts,
                firstSent == 0 ? null : Instant.ofEpochMilli(firstSent));
        Instant at = Instant.ofEpochMilli(in.readLong());
        Subject subject = in.readBoolean()
                ? new Subject(BlockWriter.type(in.readByte()), StoredText.read(in), StoredText.read(in))
                : null;
        Content.Form contentForm = FORMS[in.readByte()];
        boolean isCut = in.readBoolean();
        Content content = new Content(contentForm, readBytes(in), isCut);
        List<Earlier> history = form == WITH_HISTORY ? StoredHistory.read(in) : List.of();
        return new DeadLetter(id, origin, refusal, at, subject, content, history);
    }

    /** As it was up to format 2. */
    private static DeadLetter decodeWithoutCode(long id, DataInputStream in) throws IOException {
        Origin origin = new Origin(StoredText.read(in), StoredText.read(in), StoredText.read(in));
        String reason = StoredText.read(in);
        int status = in.readInt();
        boolean answered = in.readBoolean();
        String answer = StoredText.read(in);
        int attempts = in.readInt();
        Instant at = Instant.ofEpochMilli(in.readLong());
        boolean isMessage = in.readBoolean();
        byte[] bytes = readBytes(in);
        DeadLetterCode code = isMessage ? DeadLetterCode.REFUSED : DeadLetterCode.UNKNOWN;
        if (isMessage && reason.startsWith("not delivered within ")) {
            code = DeadLetterCode.EXPIRED;
        }
        return new DeadLetter(
                id,
                origin,
                new Refusal(code, reason, status, answered ? answer : null, attempts, null),
                at,
                isMessage ? Subject.of(bytes) : null,
                // whether what was read was cut, these do not say
                isMessage ? Content.message(bytes) : Content.raw(bytes, true),
                List.of());
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
