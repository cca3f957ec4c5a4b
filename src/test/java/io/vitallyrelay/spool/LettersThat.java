package io.vitallyrelay.spool;

import io.vitallyrelay.message.MessageType;
import java.time.Instant;

/** A filter of dead letters, told one thing after the other. */
public final class LettersThat {
    private String unit;
    private DeadLetterCode code;
    private Integer status;
    private String reason;
    private MessageType type;
    private String entity;
    private String messageId;
    private Instant since;
    private String text;

    public LettersThat areOfUnit(String wanted) {
        unit = wanted;
        return this;
    }

    public LettersThat haveCode(DeadLetterCode wanted) {
        code = wanted;
        return this;
    }

    public LettersThat haveStatus(int wanted) {
        status = wanted;
        return this;
    }

    public LettersThat haveReason(String wanted) {
        reason = wanted;
        return this;
    }

    public LettersThat areOfType(MessageType wanted) {
        type = wanted;
        return this;
    }

    public LettersThat areAbout(String wanted) {
        entity = wanted;
        return this;
    }

    public LettersThat haveMessageId(String wanted) {
        messageId = wanted;
        return this;
    }

    public LettersThat cameSince(Instant moment) {
        since = moment;
        return this;
    }

    public LettersThat haveText(String wanted) {
        text = wanted;
        return this;
    }

    public DeadLetterFilter filter() {
        return of(null);
    }

    public DeadLetterFilter of(String integration) {
        return new DeadLetterFilter(
                integration, unit, code, status, reason, type, entity, messageId, since, null, text);
    }
}
