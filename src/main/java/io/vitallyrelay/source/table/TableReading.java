package io.vitallyrelay.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import io.vitallyrelay.message.Origin;
import io.vitallyrelay.source.RecordInHand;
import io.vitallyrelay.spool.Content;
import io.vitallyrelay.spool.RecordIntake;
import io.vitallyrelay.spool.ResumePoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One poll of a table on its way into the spool: gives its rows (JSON objects) one by one, takes what each became together with
 * the place behind it, and puts the rows that cannot be read among the dead letters. What goes wrong with the database ends the
 * poll and never throws: see {@link #trouble}. Not thread-safe: rows go through the route in their order.
 */
public final class TableReading implements Iterator<Object>, RecordInHand {
    private final Origin unit;
    private final RecordIntake intake;
    private final Progress progress;
    private final Connection connection;
    private final BooleanSupplier stopping;
    private final DatabaseWait waiting;

    private final Deque<Row> page = new ArrayDeque<>();
    /** What is in the route, null when there is nothing. */
    private Row row;

    private Exception failure;
    private Exception trouble;
    private boolean ended;

    /** @param unit of the rows; its position means nothing */
    TableReading(
            Origin unit,
            RecordIntake intake,
            Progress progress,
            Connection connection,
            BooleanSupplier stopping,
            DatabaseWait waiting) {
        this.unit = unit;
        this.intake = intake;
        this.progress = progress;
        this.connection = connection;
        this.stopping = stopping;
        this.waiting = waiting;
    }

    /** Whether there may be a row: splitters ask before the row they were given is through the route. */
    @Override
    public boolean hasNext() {
        return !ended;
    }

    /**
     * Takes what the row before became, and reads on.
     *
     * @return the next row that can be read; null when there is none
     * @throws IllegalStateException when the row before failed, and nobody made it a dead letter
     */
    @Override
    public Object next() {
        if (failure != null) {
            throw new IllegalStateException(row.position() + " failed and is no dead letter", failure);
        }
        try {
            if (row != null) {
                done();
            }
            JsonNode next = nextRow();
            ended = next == null;
            return next;
        } catch (SQLException | TableException e) {
            trouble = e;
            ended = true;
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Null at the end of the poll. */
    private JsonNode nextRow() throws SQLException, TableException, InterruptedException {
        while (!stopping.getAsBoolean()) {
            if (page.isEmpty()) {
                page.addAll(nextPage());
                if (page.isEmpty()) {
                    end();
                    return null;
                }
            }
            Row next = page.poll();
            switch (progress.judge(next)) {
                case LEAVE -> page.clear();
                case PASS_OVER -> progress.passedOver(next);
                case TAKE -> {
                    row = next;
                    if (row.problem() == null) {
                        return row.body();
                    }
                    bury(row.problem());
                    done();
                }
            }
        }
        return null;
    }

    private List<Row> nextPage() throws SQLException, TableException, InterruptedException {
        waiting.begin();
        try {
            return progress.nextPage(connection);
        } finally {
            waiting.end();
        }
    }

    private void end() throws InterruptedException {
        ResumePoint end = progress.end();
        if (end != null) {
            intake.recordDone(end);
        }
    }

    @Override
    public void failed(Exception thrown) {
        failure = thrown;
    }

    @Override
    public void done() throws InterruptedException {
        buryIfLost();
        intake.recordDone(progress.taken(row));
        row = null;
    }

    /** What ended the poll early, in the database or in what was asked of it; null when it went well. */
    Exception trouble() {
        return trouble;
    }

    @Override
    public Origin origin() {
        return new Origin(unit.integration(), unit.unit(), row.position());
    }

    @Override
    public RecordIntake intake() {
        return intake;
    }

    @Override
    public Content content() {
        return new Content(Content.Form.RECORD, row.raw(), row.isCut());
    }

    @Override
    public String toString() {
        return unit.unit() + " of " + unit.integration();
    }
}
