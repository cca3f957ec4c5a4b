/**
 * The durable, ordered store between sources and sender, as its users see it: interfaces, records and exceptions; no store, no
 * Camel and no Quarkus type. An engine lies in a package of its own, such as {@code io.vitallyrelay.spool.local}, and is known
 * to the wiring only.
 */
package io.vitallyrelay.spool;
