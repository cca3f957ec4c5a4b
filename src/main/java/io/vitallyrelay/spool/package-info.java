/**
 * The durable, ordered store between sources and sender: pure Java, no Camel and no Quarkus type.
 *
 * <p>{@link io.vitallyrelay.spool.Spool} is the contract; {@link io.vitallyrelay.spool.LocalSpool} the one implementation,
 * on one MVStore file. {@code docs/internals/spool.md} says why it is built as it is.
 */
package io.vitallyrelay.spool;
