package io.vitallyrelay.letters;

import io.vitallyrelay.disk.PrivateFiles;
import io.vitallyrelay.message.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Jobs on disk, a file each, whole at any moment. Not thread-safe. */
final class JobFiles {
    private static final String END = ".json";

    private final Path folder;

    JobFiles(Path folder) {
        this.folder = folder;
    }

    /** In the order in which they were asked for. */
    List<Job> read() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(END))
                    .map(JobFiles::job)
                    .sorted(Comparator.comparingLong(Job::id))
                    .toList();
        }
    }

    private static Job job(Path file) {
        try {
            return Json.record(Files.readAllBytes(file), Job.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the job in " + file + " cannot be read. Move the file away, and start the service again", e);
        }
    }

    /** Returns when it is on disk. */
    void write(Job job) throws IOException {
        PrivateFiles.createFolders(folder);
        Path next = folder.resolve(job.id() + ".next");
        PrivateFiles.createFile(next);
        try (RandomAccessFile out = new RandomAccessFile(next.toFile(), "rw")) {
            out.setLength(0);
            out.write(Json.recordText(job).getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        }
        Files.move(next, file(job.id()), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete(Job job) throws IOException {
        Files.deleteIfExists(file(job.id()));
    }

    private Path file(long id) {
        return folder.resolve(id + END);
    }
}
