/** The way in, where the records of all sources become messages: what is told of those that are likely a mistake. */
package io.vitallyrelay.sink;
