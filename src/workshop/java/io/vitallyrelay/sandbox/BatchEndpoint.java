package io.vitallyrelay.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks a batch and takes it: in the journal first, then in the counts. */
final class BatchEndpoint implements Behaviour.Endpoint {
    private final BatchRules rules;
    private final Tally tally;
    private final Optional<Journal> journal;

    BatchEndpoint(BatchRules rules, Tally tally, Optional<Journal> journal) {
        this.rules = rules;
        this.tally = tally;
        this.journal = journal;
    }

    @Override
    public Answer answer(BatchRequest request) {
        try {
            List<ReceivedMessage> messages = rules.check(request);
            if (journal.isPresent()) {
                journal.get().append(messages, request.body());
            }
            tally.accepted(messages);
            return Answer.SUCCESS;
        } catch (Refusal refusal) {
            return Answer.error(refusal.status(), refusal.getMessage());
        } catch (IOException e) {
            return Answer.error(500, "the journal cannot be written: " + e.getMessage());
        }
    }
}
