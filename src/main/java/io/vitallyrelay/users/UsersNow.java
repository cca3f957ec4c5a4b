package io.vitallyrelay.users;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Consumer;

/**
 * The users that the file has now: it is read again when it has changed. One that is broken lets nobody in until it is mended, and
 * a service that has had users does not open itself to everybody when they are gone. Thread-safe.
 */
public final class UsersNow {
    private final UserFile file;
    private final Consumer<String> log;
    private State state;
    private Users users;
    private boolean closed;

    /** What tells that a file is another one, or was written to. */
    private record State(FileTime modified, long size, Object key) {
        private static final State NONE = new State(FileTime.fromMillis(0), 0, null);

        static State of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new State(now.lastModifiedTime(), now.size(), now.fileKey());
            } catch (IOException e) {
                return NONE;
            }
        }
    }

    /**
     * @param log is told what is wrong with the file, and that it has changed
     * @throws UserFileException where it cannot be used from the beginning
     */
    public UsersNow(UserFile file, Consumer<String> log) throws UserFileException {
        this.file = file;
        this.log = log;
        this.state = State.of(file.path());
        this.users = file.read();
        this.closed = !users.isEmpty();
    }

    public synchronized Users get() {
        State now = State.of(file.path());
        if (!now.equals(state)) {
            state = now;
            read();
        }
        return users;
    }

    private void read() {
        try {
            users = file.read();
            closed |= !users.isEmpty();
            log.accept("the users have changed: there are " + users.all().size() + " in " + file.path());
        } catch (UserFileException e) {
            users = Users.NONE;
            closed = true;
            log.accept("nobody can log in until the file of users is mended: " + e.getMessage());
        }
    }

    /** Whether a login is needed: there are users, or there have been some since the start. */
    public synchronized boolean closed() {
        get();
        return closed;
    }
}
