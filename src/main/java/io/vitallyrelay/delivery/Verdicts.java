package io.vitallyrelay.delivery;

import java.util.List;

/**
 * Which answer means which verdict: the table of {@code docs/reference/verdicts.md}, row by row. The first row that fits
 * decides. Immutable.
 */
public final class Verdicts {
    /**
     * One row.
     *
     * @param answer as the page names it
     * @param from the lowest status of the row, for each of its ranges one
     * @param to the highest status of the row, for each of its ranges one
     * @param many the verdict for a batch of several messages
     * @param single the verdict for one message
     */
    record Rule(String answer, List<Integer> from, List<Integer> to, Verdict many, Verdict single) {
        static Rule of(String answer, Verdict many, Verdict single, Integer... statuses) {
            return new Rule(answer, List.of(statuses), List.of(statuses), many, single);
        }

        static Rule range(String answer, Verdict verdict, int from, int to) {
            return new Rule(answer, List.of(from), List.of(to), verdict, verdict);
        }

        boolean fits(int status) {
            for (int i = 0; i < from.size(); i++) {
                if (status >= from.get(i) && status <= to.get(i)) {
                    return true;
                }
            }
            return false;
        }
    }

    static final List<Rule> RULES = List.of(
            Rule.range("200", Verdict.DELIVERED, 200, 200),
            Rule.range("other 2xx", Verdict.DELIVERED, 200, 299),
            Rule.range("3xx", Verdict.HOLD, 300, 399),
            Rule.of("400, 422", Verdict.SPLIT, Verdict.REJECTED, 400, 422),
            Rule.of("413", Verdict.SPLIT, Verdict.REJECTED, 413),
            Rule.of("401, 403", Verdict.HOLD, Verdict.HOLD, 401, 403),
            Rule.of("404, 405, 415", Verdict.HOLD, Verdict.HOLD, 404, 405, 415),
            Rule.of("408, 425, 429", Verdict.RETRY, Verdict.RETRY, 408, 425, 429),
            Rule.range("other 4xx", Verdict.HOLD, 400, 499),
            Rule.of("501, 505, 511", Verdict.HOLD, Verdict.HOLD, 501, 505, 511),
            Rule.range("other 5xx", Verdict.RETRY, 500, 599),
            Rule.range("any other status", Verdict.RETRY, Integer.MIN_VALUE, Integer.MAX_VALUE));

    private Verdicts() {}

    /**
     * What an answer means, its body included.
     *
     * @param messages how many messages were sent, at least 1
     * @param doubtful what a {@link Answer#doubtful doubtful} success means. A page always is a hold
     */
    static Verdict of(Answer answer, int messages, Verdict doubtful) {
        Verdict verdict = of(answer.status(), messages);
        if (verdict != Verdict.DELIVERED) {
            return verdict;
        }
        if (answer.body() == AnswerBody.PAGE) {
            return Verdict.HOLD;
        }
        boolean errors = answer.body() == AnswerBody.ERRORS;
        return answer.doubtful() && (answer.status() == 200 || errors) ? doubtful : verdict;
    }

    /**
     * @param status the HTTP status of the answer
     * @param messages how many messages were sent, at least 1
     */
    static Verdict of(int status, int messages) {
        for (Rule rule : RULES) {
            if (rule.fits(status)) {
                return messages > 1 ? rule.many() : rule.single();
            }
        }
        throw new IllegalStateException("the last row fits every status");
    }
}
