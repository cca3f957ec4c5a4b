package io.vitallyrelay.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file that can be read. What is in it is checked later, as that may take a password. */
record ExistingFile(String content) implements Kind<Path> {
    @Override
    public Path parse(String text) throws NotAllowedException {
        try {
            Path file = Path.of(text.strip()).toAbsolutePath();
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
            throw new NotAllowedException(
                    this, Files.exists(file) ? "it is no file that can be read" : "there is no such file");
        } catch (InvalidPathException e) {
            throw new NotAllowedException(this);
        }
    }

    @Override
    public String allowed() {
        return "a PEM, PKCS12 or JKS file with " + content;
    }
}
