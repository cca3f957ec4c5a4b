/** The counts of each unit and their sums: read = delivered + dead + pending, at every moment. */
package io.vitallyrelay.ledger;
