package io.vitallyrelay.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Folders and files that only the user of the service may read, whatever the umask. Where the file system has no such
 * permissions they are as it makes them. What exists keeps the permissions it has.
 */
public final class PrivateFiles {
    private PrivateFiles() {}

    /** Creates the folder, and those above it, where absent: rwx------. */
    public static void createFolders(Path folder) throws IOException {
        // not the creation alone, which refuses a link to a folder
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, only(folder, "rwx------"));
        }
    }

    /** Creates the file, empty, where absent: rw-------. */
    public static void createFile(Path file) throws IOException {
        try {
            Files.createFile(file, only(file, "rw-------"));
        } catch (FileAlreadyExistsException e) {
            // it keeps what it has
        }
    }

    /** Whether users other than the service's own and those of its group may read, or list, the file or folder. */
    public static boolean othersMayRead(Path path) throws IOException {
        if (!hasPermissions(path)) {
            return false;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    /**
     * Who else than its user may use a file that holds secrets; its group may read it.
     *
     * @return in words, null where nobody may
     */
    public static String open(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return null;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        if (permissions.contains(PosixFilePermission.OTHERS_READ)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return "every user of this machine may read or change it";
        }
        return permissions.contains(PosixFilePermission.GROUP_WRITE) ? "its group may change it" : null;
    }

    private static FileAttribute<?>[] only(Path path, String permissions) {
        return hasPermissions(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
