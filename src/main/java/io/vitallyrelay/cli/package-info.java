/** The commands behind {@code ./relay}: plain programs that talk to the service over HTTP and start it as a process. */
package io.vitallyrelay.cli;
