package io.vitallyrelay.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The routes of the project, to be copied and added to. */
public final class ProjectRoutes {
    static final Path FOLDER = Path.of("routes").toAbsolutePath();

    private ProjectRoutes() {}

    /** Copies those that every integration needs: the delivery and the dead letters. */
    public static Path copyCommonTo(Path folder) throws IOException {
        copyFiles(FOLDER, folder);
        return folder;
    }

    public static void copyIntegration(String integration, Path routes) throws IOException {
        copyFiles(FOLDER.resolve(integration), routes.resolve(integration));
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    static void write(Path routes, String integration, String file, List<String> lines) throws IOException {
        Files.write(Files.createDirectories(routes.resolve(integration)).resolve(file), lines);
    }
}
