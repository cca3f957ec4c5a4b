/** The samples of the integrations, and how each comes into the source it is made for. Used by the demo and the tests. */
package io.vitallyrelay.sample;
