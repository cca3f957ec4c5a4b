package io.vitallyrelay.source.file;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;

/**
 * A file of an inbox that may be read, as a look saw it.
 *
 * @param name of the file, as text
 */
public record InboxFile(Path path, String name, FileTime modified) {
    static final Comparator<InboxFile> IN_ORDER =
            Comparator.comparing(InboxFile::modified).thenComparing(InboxFile::name);
}
