package io.vitallyrelay.settings;

import java.time.Duration;

/**
 * How Vitally is reached.
 *
 * @param connectTimeout time for opening a connection
 * @param responseTimeout time without a byte of the answer, at most
 * @param totalTimeout time for a request and its whole answer, connecting included
 * @param tls how https connections are made
 * @param proxy {@code null} for none
 */
public record Connection(
        Duration connectTimeout, Duration responseTimeout, Duration totalTimeout, Tls tls, Proxy proxy) {}
