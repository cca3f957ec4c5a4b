/** The language {@code jq} of the routes, within its limits. */
package io.vitallyrelay.source.mapping.camel;
