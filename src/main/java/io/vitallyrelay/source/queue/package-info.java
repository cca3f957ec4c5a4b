/** Messages of JMS queues as records, and what became of those that their broker sends again. */
package io.vitallyrelay.source.queue;
