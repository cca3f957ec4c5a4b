/**
 * The spool in one process and one folder, on MVStore: the engine that is there without any setting. {@code
 * docs/internals/spool.md} says why it is built as it is.
 */
package io.vitallyrelay.spool.local;
