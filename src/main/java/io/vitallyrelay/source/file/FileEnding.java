package io.vitallyrelay.source.file;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What the name of a file says of its content, in letters of any case.
 *
 * @param text without its folder and {@code .gz}, in small letters
 * @param zipped whether it ends in {@code .gz}
 */
record FileEnding(String text, boolean zipped) {
    private static final String GZIP = ".gz";

    static FileEnding of(Path file) {
        String name = FileName.of(file).toLowerCase(Locale.ROOT);
        boolean zipped = name.endsWith(GZIP);
        return new FileEnding(zipped ? name.substring(0, name.length() - GZIP.length()) : name, zipped);
    }

    boolean isJson() {
        return text.endsWith(".json");
    }

    /** Whether columns stand apart by tabs. */
    boolean isTabbed() {
        return text.endsWith(".tsv") || text.endsWith(".tab");
    }
}
