package io.vitallyrelay.faults;

import java.io.IOException;

/** What becomes of a request whose head was read. */
@FunctionalInterface
public interface Fault {
    void happen(Connection connection) throws IOException, InterruptedException;
}
