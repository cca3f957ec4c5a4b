package io.vitallyrelay.delivery;

/** What the body of an answer is. */
public enum AnswerBody {
    /** JSON that speaks of no error. */
    JSON,
    /** Cut, empty, or not JSON. */
    DOUBTFUL,
    /** JSON that speaks of errors or failures at its top, or a 207, which can hide some. */
    ERRORS,
    /** A web page: a login or a gateway stands where Vitally should. */
    PAGE
}
