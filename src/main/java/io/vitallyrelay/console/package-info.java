/** The HTTP interface for operators. */
package io.vitallyrelay.console;
