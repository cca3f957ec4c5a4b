/** Wires everything together: the one place that knows settings, spool, contract, Camel and Quarkus at once. */
package io.vitallyrelay.app;
