package io.vitallyrelay.spool;

/** The counts of all units of an integration. */
public record IntegrationCounts(String integration, Counts counts) {}
