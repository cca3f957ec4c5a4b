/** What the endpoints of all sources and of the sink share: how an exchange carries a record, and an endpoint that is a step. */
package io.vitallyrelay.source.camel;
