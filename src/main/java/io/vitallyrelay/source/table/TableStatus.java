package io.vitallyrelay.source.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * How it goes with a table.
 *
 * @param unit as in the ledger
 * @param polls that went well since the start of the service
 * @param failure why the last poll did not, or why the table is not polled at all; null where nothing is wrong
 * @param waitsSince since when a poll waits for the database, where that is longer than usual, or null
 * @param notice what was told last of rows that are not read or marked, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableStatus(
        String integration, String unit, long polls, String failure, Instant waitsSince, String notice) {

    /** @param why the table is not polled */
    public static TableStatus notPolled(String integration, String why) {
        return new TableStatus(integration, "", 0, why, null, null);
    }
}
