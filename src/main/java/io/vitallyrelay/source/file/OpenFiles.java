package io.vitallyrelay.source.file;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The files that are being read, by integration and unit. Thread-safe. */
public final class OpenFiles {
    private final Map<Key, FileProgress> files = new ConcurrentHashMap<>();

    private record Key(String integration, String unit) {}

    public void opened(FileReading file) {
        files.put(new Key(file.integration(), file.unit()), file.progress());
    }

    public void closed(FileReading file) {
        files.remove(new Key(file.integration(), file.unit()), file.progress());
    }

    /** How far the reading of that unit is; empty where it is no file that is being read. */
    public Optional<FileProgress> progress(String integration, String unit) {
        return Optional.ofNullable(files.get(new Key(integration, unit)));
    }
}
