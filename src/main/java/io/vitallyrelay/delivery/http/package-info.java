/** The HTTP client between a lane and Vitally: connections, TLS, proxy, and an end to every answer. */
package io.vitallyrelay.delivery.http;
