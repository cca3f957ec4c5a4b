package io.vitallyrelay.source.table;

import io.vitallyrelay.spool.ResumePoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How one poll gets on in its table, and what it knows of the polls before. After a failure it is thrown away, and made anew
 * from the resume point in the spool. For one thread.
 */
interface Progress {
    /** What is to be done with a row. */
    enum Judgement {
        /** It is new. */
        TAKE,
        /** It was taken before, just so. */
        PASS_OVER,
        /** It, and what comes behind it on its page, is for another page or poll. */
        LEAVE
    }

    /** A poll begins. */
    void begin(Connection connection) throws SQLException, TableException;

    /**
     * Does what there is to do after the rows of the page before, and reads the next.
     *
     * @return no rows when the poll is through
     * @throws TableException when the statements do not do what they must
     */
    List<Row> nextPage(Connection connection) throws SQLException, TableException, InterruptedException;

    Judgement judge(Row row) throws TableException;

    void passedOver(Row row);

    /** What the row became is complete: the place behind it. */
    ResumePoint taken(Row row);

    /** The poll came to its end: a place to be kept that belongs to no row, or null. */
    ResumePoint end();
}
