/** The endpoint and steps of {@code kamelet:vitally-sink} and of the route for dead letters. */
package io.vitallyrelay.sink.camel;
