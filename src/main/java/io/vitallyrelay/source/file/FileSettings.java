package io.vitallyrelay.source.file;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a file is to be read.
 *
 * @param charset of the file; US-ASCII is read as UTF-8, which it is a part of
 * @param delimiter between the columns of CSV, an ASCII character; {@link #BY_NAME} is a comma, and a tab for {@code .tsv}
 * @param quote around a column of CSV, an ASCII character
 * @param columns of CSV that the header must name, in any order
 * @param maxRecordBytes the longest record, in bytes of UTF-8; a reader needs about as much memory
 */
public record FileSettings(
        FileFormat format, Charset charset, char delimiter, char quote, List<String> columns, int maxRecordBytes) {
    /** The delimiter that the name of the file says. */
    public static final char BY_NAME = 0;

    public static final int DEFAULT_MAX_RECORD_BYTES = 1024 * 1024;
    /** A record of more does not fit into one array once it is text. */
    private static final int LARGEST_RECORD_BYTES = 512 * 1024 * 1024;

    public FileSettings {
        columns = List.copyOf(columns);
        if (delimiter == quote || (delimiter != BY_NAME && !separates(delimiter)) || !separates(quote)) {
            throw new IllegalArgumentException(
                    "delimiter and quote must be two different ASCII characters other than line ends");
        }
        if (maxRecordBytes < 1 || maxRecordBytes > LARGEST_RECORD_BYTES) {
            throw new IllegalArgumentException("maxRecordBytes must be 1 to " + LARGEST_RECORD_BYTES);
        }
    }

    /** Without columns that must be there. */
    public FileSettings(FileFormat format, Charset charset, char delimiter, char quote, int maxRecordBytes) {
        this(format, charset, delimiter, quote, List.of(), maxRecordBytes);
    }

    /** What they are for one file. */
    FileSettings of(FileEnding name, Charset found) {
        char between = delimiter != BY_NAME ? delimiter : name.isTabbed() ? '\t' : ',';
        return new FileSettings(format, found, between, quote, columns, maxRecordBytes);
    }

    /** UTF-8, the delimiter by name, double quote, 1 MiB. */
    public static FileSettings of(FileFormat format) {
        return new FileSettings(format, StandardCharsets.UTF_8, BY_NAME, '"', DEFAULT_MAX_RECORD_BYTES);
    }

    private static boolean separates(char c) {
        return c > 0 && c < 0x80 && c != '\n' && c != '\r';
    }
}
