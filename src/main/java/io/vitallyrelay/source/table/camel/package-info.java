/** The endpoint {@code table:}, which polls a table. */
package io.vitallyrelay.source.table.camel;
