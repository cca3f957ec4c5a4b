package io.vitallyrelay.source.file;

import java.nio.file.Path;

/** Another service reads the same inbox: nothing would tell the two which of them takes a file. */
public final class InboxInUseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InboxInUseException(Path inbox) {
        super("the inbox " + inbox
                + " is read by another instance. Stop that one first, or give each an inbox of its own:"
                + " inboxes lie below relay.data, and two instances share one only through a link or a mount.");
    }
}
