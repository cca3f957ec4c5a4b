package io.vitallyrelay.source.file;

import io.vitallyrelay.spool.ResumePoint;

/**
 * The resume point of a file: a checkpoint, and whether there is nothing to go on with, because what stands behind it
 * cannot be read and is a dead letter already. Immutable.
 *
 * @param unreadable the fingerprint of the file whose rest is a dead letter, empty where there is none
 */
record FileResumePoint(Checkpoint checkpoint, String unreadable) implements ResumePoint {
    private static final String UNREADABLE = " unreadable ";

    @Override
    public String encode() {
        return checkpoint.encode() + (unreadable.isEmpty() ? "" : UNREADABLE + unreadable);
    }

    /** @param text as it was made by {@link #encode()}; empty for the very beginning */
    static FileResumePoint decode(String text) {
        int at = text.indexOf(UNREADABLE);
        String checkpoint = at < 0 ? text : text.substring(0, at);
        return new FileResumePoint(
                checkpoint.isEmpty() ? Checkpoint.START : Checkpoint.decode(checkpoint),
                at < 0 ? "" : text.substring(at + UNREADABLE.length()));
    }
}
