package io.vitallyrelay.spool.local;

import io.vitallyrelay.spool.DeadLetter;
import io.vitallyrelay.spool.DeadLetterCode;
import io.vitallyrelay.spool.DeadLetterFilter;
import io.vitallyrelay.spool.LetterGroup;
import io.vitallyrelay.spool.Reasons;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What letters with the same trouble have in common.
 *
 * @param reason without its values; null where the kinds are too many to tell them apart by it
 */
record LetterKind(String integration, DeadLetterCode code, int status, String reason) {
    private static final int LONGEST_REASON = 300;

    static LetterKind of(DeadLetter letter) {
        String reason = Reasons.withoutValues(letter.refusal().reason());
        return new LetterKind(
                letter.origin().integration(),
                letter.refusal().code(),
                letter.refusal().status(),
                reason.length() > LONGEST_REASON ? null : reason);
    }

    LetterKind ofAnyReason() {
        return new LetterKind(integration, code, status, null);
    }

    boolean mayBeOf(DeadLetterFilter filter) {
        boolean isKnown = reason != null || filter.reason() == null;
        return filter.mayBe(integration, code, status, isKnown ? reason : filter.reason());
    }

    LetterGroup group(long letters) {
        return new LetterGroup(integration, code, status, reason, letters);
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            StoredText.write(out, integration);
            StoredText.write(out, code.word());
            out.writeInt(status);
            out.writeBoolean(reason != null);
            StoredText.write(out, reason == null ? "" : reason);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static LetterKind decode(DataInputStream in) throws IOException {
        String integration = StoredText.read(in);
        DeadLetterCode code = DeadLetterCode.ofWord(StoredText.read(in)).orElse(DeadLetterCode.UNKNOWN);
        int status = in.readInt();
        boolean hasReason = in.readBoolean();
        String reason = StoredText.read(in);
        return new LetterKind(integration, code, status, hasReason ? reason : null);
    }
}
