package io.vitallyrelay.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A folder which the service creates when it is missing. */
record DataFolder() implements Kind<Path> {
    @Override
    public Path parse(String text) throws NotAllowedException {
        try {
            Path folder = Path.of(text.strip()).toAbsolutePath();
            if (Files.isDirectory(folder) || Files.notExists(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // refused below
        }
        throw new NotAllowedException(this);
    }

    @Override
    public String allowed() {
        return "a folder, or the name of a new one";
    }
}
