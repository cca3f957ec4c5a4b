package io.vitallyrelay.source.file;

import io.vitallyrelay.source.file.FileRecord.Bad;
import io.vitallyrelay.source.file.FileRecord.Read;
import io.vitallyrelay.source.file.FileRecord.Unread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that was taken from a file, as text: {@code 2 {"a":1}} for a row, {@code 3 ! reason <raw>} for a bad one. */
final class Taken {
    private Taken() {}

    static List<String> from(Path file, FileSettings settings) throws IOException {
        return from(file, settings, Checkpoint.START);
    }

    static List<String> from(Path file, FileSettings settings, Checkpoint checkpoint) throws IOException {
        try (RecordReader reader = RecordReaders.open(file, settings, checkpoint)) {
            return rest(reader);
        }
    }

    static List<String> rest(RecordReader reader) throws IOException {
        List<String> taken = new ArrayList<>();
        for (FileRecord next = reader.next(); next != null; next = reader.next()) {
            taken.add(text(next));
        }
        return taken;
    }

    static String text(FileRecord taken) throws IOException {
        FileRecord record = taken instanceof Unread unread ? unread.read() : taken;
        if (record instanceof Read read) {
            return read.line() + " " + read.body();
        }
        Bad bad = (Bad) record;
        return bad.line() + " ! " + bad.problem().reason() + " <" + new String(bad.raw(), StandardCharsets.UTF_8) + ">";
    }

    static Path file(Path folder, String name, String content) {
        return file(folder, name, content.getBytes(StandardCharsets.UTF_8));
    }

    static Path file(Path folder, String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
