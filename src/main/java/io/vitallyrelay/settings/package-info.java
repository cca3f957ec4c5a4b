/** Reads the settings, checks each and all of them together, and says what is wrong in words. */
package io.vitallyrelay.settings;
