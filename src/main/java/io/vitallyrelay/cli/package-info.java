/** The commands of {@code relay} that talk to a running service over HTTP. */
package io.vitallyrelay.cli;
