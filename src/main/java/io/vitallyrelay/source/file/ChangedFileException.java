package io.vitallyrelay.source.file;

import java.io.IOException;

/** The file is no longer the one the checkpoint was taken in: read it from {@link Checkpoint#START} as a new unit. */
public final class ChangedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ChangedFileException(String reason) {
        super(reason);
    }
}
