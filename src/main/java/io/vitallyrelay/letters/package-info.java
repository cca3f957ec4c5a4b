/** What becomes of dead letters: replays and discards that operators ask for, and what is discarded because it is old. */
package io.vitallyrelay.letters;
