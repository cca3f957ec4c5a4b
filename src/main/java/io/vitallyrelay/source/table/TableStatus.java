package io.vitallyrelay.source.table;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How it goes with a table.
 *
 * @param unit as in the ledger
 * @param polls that went well since the start of the service
 * @param failure why the last poll did not, or why the table is not polled at all; null where nothing is wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TableStatus(String integration, String unit, long polls, String failure) {}
