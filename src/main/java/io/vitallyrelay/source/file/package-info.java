/**
 * Cuts records out of files as a stream: knows where each record is, turns what is broken into a {@link
 * io.vitallyrelay.source.file.FileRecord.Bad} and goes on, and can resume exactly behind any record. Memory is bounded by
 * the record limit, whatever the file.
 */
package io.vitallyrelay.source.file;
