/** The counts of each unit and their sums: read = delivered + dead + discarded + pending, at every moment. */
package io.vitallyrelay.ledger;
