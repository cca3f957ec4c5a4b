/**
 * What happens to a batch between spool and endpoint: pure Java, no Camel type; {@code delivery.camel} is the thin adapter
 * that {@code routes/delivery.camel.yaml} uses.
 */
package io.vitallyrelay.delivery;
