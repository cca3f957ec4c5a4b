/**
 * A strict stand-in for Vitally's batch endpoint, for tests (in process) and the demo (a process of its own). It
 * refuses whatever the public pages do not allow, so that a sender which passes here has kept every known rule. The
 * service never starts it, and no other package depends on this one.
 */
package io.vitallyrelay.sandbox;
