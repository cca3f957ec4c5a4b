/** What a mapping in jq may take of time and memory for one record, and its numbers. */
package io.vitallyrelay.source.mapping;
