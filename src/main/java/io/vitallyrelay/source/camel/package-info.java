/** The endpoints and steps that the source Kamelets, {@code kamelet:vitally-sink} and the error routes use. */
package io.vitallyrelay.source.camel;
