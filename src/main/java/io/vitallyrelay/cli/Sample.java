package io.vitallyrelay.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The file {@code sample.*} in the folder of an integration. */
record Sample(String integration, Path file) {

    /** The samples of all integrations, by name. */
    static List<Sample> in(Path routes) throws IOException {
        List<Sample> samples = new ArrayList<>();
        try (DirectoryStream<Path> integrations = Files.newDirectoryStream(routes, Files::isDirectory)) {
            for (Path integration : integrations) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(integration, "sample.*")) {
                    files.forEach(file ->
                            samples.add(new Sample(integration.getFileName().toString(), file)));
                }
            }
        }
        samples.sort(Comparator.comparing(Sample::file));
        return samples;
    }

    /** Where its integration looks for files. */
    Path inbox(Path data) {
        return data.resolve("inbox").resolve(integration);
    }

    /** Puts a copy into the inbox: beside and then renamed, so that nobody reads half of it. */
    void drop(Path data) throws IOException {
        Path beside = inbox(data).resolve("." + file.getFileName() + ".part");
        Files.copy(file, beside);
        Files.move(beside, dropped(data), StandardCopyOption.ATOMIC_MOVE);
    }

    /** A file leaves its inbox when all it holds is in the spool or a dead letter. */
    boolean unread(Path data) {
        return Files.exists(dropped(data));
    }

    private Path dropped(Path data) {
        return inbox(data).resolve(file.getFileName());
    }
}
