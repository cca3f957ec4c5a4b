/** The steps of {@code routes/delivery.camel.yaml} that are not Camel's own: thin adapters around {@code delivery}. */
package io.vitallyrelay.delivery.camel;
