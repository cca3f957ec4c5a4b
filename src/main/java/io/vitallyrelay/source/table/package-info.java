/** Rows out of database tables, by JDBC: which were read, what each became, and which of them are read again after a crash. */
package io.vitallyrelay.source.table;
