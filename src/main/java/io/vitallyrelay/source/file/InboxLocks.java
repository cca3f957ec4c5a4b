package io.vitallyrelay.source.file;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The inboxes that this service reads, each with a lock that no other service can have at the same time. All routes of the
 * service share it. The system takes it back when the process ends, however that comes about; the file {@value #FILE} stays.
 * Thread-safe.
 */
public final class InboxLocks implements AutoCloseable {
    /** Begins with a dot: no route reads such files. */
    private static final String FILE = ".lock";

    private final Path inboxes;
    /** By what the folder is when all links are followed: that is what is shared. */
    private final Map<Path, FileChannel> held = new HashMap<>();

    /** @param inboxes the folder of the inboxes; created when missing */
    public InboxLocks(Path inboxes) {
        this.inboxes = inboxes;
    }

    /**
     * Takes the inbox of the integration for this service, which may have it already.
     *
     * @throws InboxInUseException when another service has it
     * @throws IOException when the folder cannot be locked, as on a file system without locks; nothing then notices another
     *     reader
     */
    public synchronized void take(String integration) throws IOException {
        Path inbox = inboxes.resolve(integration);
        PrivateFiles.createFolders(inbox);
        Path folder = inbox.toRealPath();
        if (held.containsKey(folder)) {
            return;
        }
        PrivateFiles.createFile(folder.resolve(FILE));
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // another service in this process has it
        } finally {
            if (locked) {
                held.put(folder, channel);
            } else {
                channel.close();
            }
        }
        if (!locked) {
            throw new InboxInUseException(inbox);
        }
    }

    /** Gives all of them back. */
    @Override
    public synchronized void close() {
        try {
            for (FileChannel channel : held.values()) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.clear();
        }
    }
}
