package io.vitallyrelay.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Opens files for reading record by record. */
public final class RecordReaders {
    /** Readers look a line end and a byte or two behind a record. */
    private static final int SLACK = 64 * 1024;

    private RecordReaders() {}

    /**
     * Opens a file at a checkpoint. The bytes before it are read again and compared, at the speed of the disk. A name
     * that ends in {@code .gz} means gzip.
     *
     * @throws ChangedFileException when the file does not begin with what was taken from it before the checkpoint: it
     *     was replaced or cut. A file that has grown by whole records is no changed file.
     * @throws UnreadableFileException when the file has no readable beginning
     */
    public static RecordReader open(Path file, FileSettings settings, Checkpoint from) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return open(in, file.getFileName().toString().endsWith(".gz"), settings, from);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static RecordReader open(InputStream in, boolean zipped, FileSettings settings, Checkpoint from)
            throws IOException {
        WindowReader reader;
        try {
            InputStream unzipped = zipped ? new GzipInput(in) : in;
            ByteWindow window = new ByteWindow(utf8(unzipped, settings.charset()), settings.maxRecordBytes() + SLACK);
            reader = switch (settings.format()) {
                case CSV -> new CsvReader(window, settings);
                case JSON_LINES -> new JsonLinesReader(window, settings);
                case JSON_ARRAY -> new JsonArrayReader(window, settings);
            };
            reader.begin();
        } catch (UnreadableFileException | ZipException e) {
            if (from.records() > 0) {
                throw new ChangedFileException("the file had a readable beginning and has none now");
            }
            throw e instanceof UnreadableFileException ? e : new UnreadableFileException(1, e.getMessage());
        }
        if (from.records() > 0) {
            reader.resume(from);
        }
        return reader;
    }

    private static InputStream utf8(InputStream in, Charset charset) {
        boolean already = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        return already ? in : new Transcoder(in, charset);
    }
}
