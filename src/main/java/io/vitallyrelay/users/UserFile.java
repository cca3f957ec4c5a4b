package io.vitallyrelay.users;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file of users: a line for each, {@code NAME ROLE HASH}; empty lines and those that begin with {@code #} are comments. It is
 * for the user of the service alone: one that others may read, or more than its user may write, is refused. Its group may
 * read it, as it may what Kubernetes mounts.
 */
public final class UserFile {
    private static final String HEAD =
            "# The users of Vitally Relay: `relay user add` and `relay user remove` change this file.";
    private static final long MOST_BYTES = 1 << 20;

    private final Path file;

    /** @param file is made with the first user */
    public UserFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /** Nobody where there is no file. */
    public Users read() throws UserFileException {
        Map<String, User> users = new LinkedHashMap<>();
        List<String> lines = lines();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                User user = user(line);
                if (users.put(user.name(), user) != null) {
                    throw new IllegalArgumentException("there is a line for " + user.name() + " before it");
                }
            } catch (IllegalArgumentException e) {
                throw new UserFileException(file + ", line " + (i + 1) + ": " + e.getMessage()
                        + ". Mend or remove the line; `relay user add` makes a new one");
            }
        }
        return new Users(users);
    }

    /** In place of one of this name. */
    public void put(User user) throws IOException, UserFileException {
        List<String> lines = linesWithout(user.name());
        if (lines.isEmpty()) {
            lines.add(HEAD);
        }
        lines.add(user.line());
        write(lines);
    }

    /** @return whether there was one of this name */
    public boolean remove(String name) throws IOException, UserFileException {
        if (read().find(name).isEmpty()) {
            return false;
        }
        write(linesWithout(name));
        return true;
    }

    private static User user(String line) {
        String[] parts = line.split("\\s+", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("must be NAME ROLE HASH, and has " + parts.length + " parts");
        }
        Role role = Role.ofWord(parts[1])
                .orElseThrow(() -> new IllegalArgumentException("the role must be viewer or operator"));
        return new User(parts[0], role, PasswordHash.parse(parts[2]));
    }

    private List<String> lines() throws UserFileException {
        try {
            String open = PrivateFiles.open(file);
            if (open != null) {
                throw new UserFileException(file + ": " + open + ", and may not: chmod 600 " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UserFileException(file + ": is larger than 1 MiB, which no file of users is");
            }
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UserFileException(file + ": cannot be read as a file of users in UTF-8: " + e);
        }
    }

    private List<String> linesWithout(String name) throws UserFileException {
        List<String> lines = new ArrayList<>(lines());
        lines.removeIf(line -> line.strip().split("\\s+", -1)[0].equals(name));
        return lines;
    }

    /** At once: whoever reads sees the users of before or of after. */
    private void write(List<String> lines) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        PrivateFiles.createFolders(folder);
        Path whole = folder.resolve("." + file.getFileName() + ".new");
        Files.deleteIfExists(whole);
        PrivateFiles.createFile(whole);
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            for (ByteBuffer left = ByteBuffer.wrap(text); left.hasRemaining(); ) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
