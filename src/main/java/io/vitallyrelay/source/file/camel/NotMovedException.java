package io.vitallyrelay.source.file.camel;

import io.vitallyrelay.source.file.FinishedFile;
import java.io.IOException;

/** A file is through, and only has to be moved out of its inbox, which cannot be done now. */
final class NotMovedException extends FileStaysException {
    private static final long serialVersionUID = 1L;

    private final transient FinishedFile finished;

    NotMovedException(FinishedFile finished, IOException cause) {
        super(
                "it was read and cannot be moved to " + finished.folder() + ": " + cause
                        + ". Nothing of it is read again; let the service's user write there, and in the inbox",
                cause);
        this.finished = finished;
    }

    FinishedFile finished() {
        return finished;
    }
}
