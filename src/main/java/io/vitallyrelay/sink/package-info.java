/** The way in: makes the records of all sources messages, and tells of those that are likely a mistake. */
package io.vitallyrelay.sink;
