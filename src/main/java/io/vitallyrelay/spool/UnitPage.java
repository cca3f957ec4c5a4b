package io.vitallyrelay.spool;

import java.util.List;

/**
 * Some of the units that a filter accepts.
 *
 * @param next where the page after this one begins; null where there is none
 */
public record UnitPage(List<UnitCounts> units, String next) {}
