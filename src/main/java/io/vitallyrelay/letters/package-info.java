/** What becomes of dead letters without anybody asking. */
package io.vitallyrelay.letters;
