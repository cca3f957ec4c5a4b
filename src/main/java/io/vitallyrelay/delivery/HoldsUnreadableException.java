package io.vitallyrelay.delivery;

import java.nio.file.Path;

/** The holds that were kept on disk cannot be read: what has to wait is not known. The message is for an operator. */
public final class HoldsUnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    HoldsUnreadableException(Path file, Exception cause) {
        super(
                "the holds in " + file + " cannot be read ("
                        + cause.getMessage().split("\n", 2)[0]
                        + "), so what has to wait is not known, and nothing is sent. Mend the file; or move it away, start the"
                        + " service again, and hold what has to wait",
                cause);
    }
}
