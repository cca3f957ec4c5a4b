package io.vitallyrelay.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** An existing folder from which Camel can load routes; its real path. */
record RoutesFolder() implements Kind<Path> {
    @Override
    public Path parse(String text) throws Refused {
        try {
            Path folder = Path.of(text.strip()).toAbsolutePath().normalize();
            Path real = folder.toRealPath();
            // Camel loads nothing from a linked folder and says nothing
            if (Files.isSymbolicLink(folder)) {
                throw new Refused(this, "give the folder which the link points to, " + OneLine.of(real.toString()));
            }
            if (Files.isDirectory(real) && Files.isReadable(real) && Files.isExecutable(real)) {
                return real;
            }
        } catch (IOException | InvalidPathException e) {
            // refused below
        }
        throw new Refused(this);
    }

    @Override
    public String allowed() {
        return "an existing, readable folder that is not a symbolic link";
    }
}
