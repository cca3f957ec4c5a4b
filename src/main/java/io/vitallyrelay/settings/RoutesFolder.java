package io.vitallyrelay.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** An existing folder from which Camel can load routes, also those of the folders in it; its real path. */
record RoutesFolder() implements Kind<Path> {
    @Override
    public Path parse(String text) throws NotAllowedException {
        try {
            Path folder = Path.of(text.strip()).toAbsolutePath().normalize();
            Path real = folder.toRealPath();
            // Camel loads nothing from a linked folder and says nothing
            if (Files.isSymbolicLink(folder)) {
                throw new NotAllowedException(
                        this, "give the folder which the link points to, " + OneLine.of(real.toString()));
            }
            if (Files.isDirectory(real) && Files.isReadable(real) && Files.isExecutable(real)) {
                refuseLinkedIntegrations(real);
                return real;
            }
        } catch (IOException | InvalidPathException e) {
            // refused below
        }
        throw new NotAllowedException(this);
    }

    /** Their routes would not be loaded either. Names that begin with a dot are the business of whoever mounted the folder. */
    private void refuseLinkedIntegrations(Path routes) throws IOException, NotAllowedException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(routes, "[!.]*")) {
            for (Path child : children) {
                if (Files.isSymbolicLink(child) && Files.isDirectory(child)) {
                    throw new NotAllowedException(
                            this, "its folder " + OneLine.of(child.getFileName().toString()) + " is a symbolic link");
                }
            }
        }
    }

    @Override
    public String allowed() {
        return "an existing, readable folder that neither is a symbolic link nor holds linked folders";
    }
}
