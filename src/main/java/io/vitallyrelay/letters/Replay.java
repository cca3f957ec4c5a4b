package io.vitallyrelay.letters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vitallyrelay.message.Contract;
import io.vitallyrelay.message.ContractException;
import io.vitallyrelay.message.Message;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.message.PostedMessage;
import io.vitallyrelay.message.Stamp;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a dead letter becomes when it is replayed: the message that it is, byte for byte, or what today's mapping makes of the
 * record that it holds. Thread-safe.
 */
public final class Replay {
    private static final String MESSAGE_ID = "messageId";

    private final Contract contract;
    private final Mapping mapping;

    public Replay(Contract contract, Mapping mapping) {
        this.contract = contract;
        this.mapping = mapping;
    }

    /**
     * @param mended what it is to be instead; null where it is taken as it is
     * @throws NoReplayException where it would be a dead letter again, or nothing at all
     */
    List<Message> messages(DeadLetter letter, Job.Mended mended) throws NoReplayException {
        List<Message> messages;
        if (mended != null && mended.isMessage()) {
            messages = List.of(checked(letter, mended.json()));
        } else if (mended != null) {
            byte[] record = mended.json().toString().getBytes(StandardCharsets.UTF_8);
            messages = mapping.messages(letter.origin(), record);
        } else {
            messages = asItIs(letter.origin(), letter.content());
        }
        if (messages.isEmpty()) {
            throw new NoReplayException("its mapping drops it: discard it");
        }
        return messages;
    }

    private List<Message> asItIs(Origin origin, Content content) throws NoReplayException {
        if (content.isCut()) {
            throw new NoReplayException("a part of it is missing");
        }
        return switch (content.form()) {
            case MESSAGE ->
                List.of(PostedMessage.of(content.bytes())
                        .orElseThrow(() -> new NoReplayException("it cannot be read as a message")));
            case RECORD -> mapping.messages(origin, content.bytes());
            case RAW -> throw new NoReplayException("it is no record: it has to be mended");
        };
    }

    /** With the messageId that it had, unless it is given another one. */
    private Message checked(DeadLetter letter, JsonNode json) throws NoReplayException {
        JsonNode candidate = json;
        if (json instanceof ObjectNode object && letter.subject() != null && !object.has(MESSAGE_ID)) {
            candidate = object.deepCopy().put(MESSAGE_ID, letter.subject().messageId());
        }
        try {
            return contract.admit(candidate, new Stamp(null, null, letter.origin(), 0));
        } catch (ContractException e) {
            throw new NoReplayException(e.getMessage());
        }
    }
}
