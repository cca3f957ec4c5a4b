package io.vitallyrelay.spool;

/** A place in a unit behind which its source goes on. Encoded only when it is committed: most are overtaken before. */
@FunctionalInterface
public interface ResumePoint {
    /** For sources that have no place to go on from, such as a queue. */
    ResumePoint NONE = () -> "";

    String encode();
}
