package io.vitallyrelay.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that may be made later. */
record FileName() implements Kind<Path> {
    @Override
    public Path parse(String text) throws NotAllowedException {
        try {
            Path file = Path.of(text.strip()).toAbsolutePath();
            if (!Files.isDirectory(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // refused below
        }
        throw new NotAllowedException(this);
    }

    @Override
    public String allowed() {
        return "a file, or the name of a new one";
    }
}
