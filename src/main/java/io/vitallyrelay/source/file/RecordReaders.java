package io.vitallyrelay.source.file;

import io.vitallyrelay.source.text.JsonText;
import io.vitallyrelay.source.text.RecordText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.ZipException;

/** Opens files for reading record by record. */
public final class RecordReaders {
    /** Readers look a line end and a byte or two behind a record. */
    private static final int SLACK = 64 * 1024;

    private RecordReaders() {}

    /**
     * Opens a file at a checkpoint. The bytes before it are read again and compared, at the speed of the disk. A name
     * that ends in {@code .gz}, in letters of any case, means gzip. Where the settings leave it open, the name says the
     * delimiter of CSV ({@code .tsv}); a file {@code .json} among JSON lines may be an array or one object.
     *
     * @throws ChangedFileException when the file does not begin with what was taken from it before the checkpoint: it
     *     was replaced or cut. A file that has grown by whole records is no changed file.
     * @throws UnreadableFileException when the file has no readable beginning
     */
    public static RecordReader open(Path file, FileSettings settings, Checkpoint from) throws IOException {
        return open(file, settings, from, UnaryOperator.identity());
    }

    /** @param seen what the bytes of the file go through, such as {@link FileProgress#counting} */
    static RecordReader open(Path file, FileSettings settings, Checkpoint from, UnaryOperator<InputStream> seen)
            throws IOException {
        FileEnding name = FileEnding.of(file);
        BufferedRecordReader reader = open(file, name, settings, from, seen);
        if (!from.isBehindRecords() && reader instanceof CsvReader csv && !csv.firstFits()) {
            try (CsvReader trial = (CsvReader) open(file, name, settings, from, UnaryOperator.identity())) {
                trial.requireOneThatFits();
            } catch (IOException | RuntimeException e) {
                reader.close();
                throw e;
            }
        }
        return reader;
    }

    private static BufferedRecordReader open(
            Path file, FileEnding name, FileSettings settings, Checkpoint from, UnaryOperator<InputStream> seen)
            throws IOException {
        InputStream in = seen.apply(Files.newInputStream(file));
        try {
            return open(in, name, settings, from);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    private static BufferedRecordReader open(InputStream in, FileEnding name, FileSettings settings, Checkpoint from)
            throws IOException {
        BufferedRecordReader reader;
        try {
            reader = begin(name.zipped() ? new GzipInput(in) : in, name, settings);
        } catch (UnreadableFileException | ZipException e) {
            if (from.isBehindRecords()) {
                throw new ChangedFileException("the file had a readable beginning and has none now");
            }
            throw e instanceof UnreadableFileException ? e : new UnreadableFileException(1, e.getMessage());
        }
        if (from.isBehindRecords()) {
            reader.resume(from);
        }
        return reader;
    }

    private static BufferedRecordReader begin(InputStream unzipped, FileEnding name, FileSettings settings)
            throws IOException {
        byte[] head = head(unzipped);
        FileContent.requireText(head, name.zipped());
        FileSettings ofFile = settings.of(name, FileContent.charset(head, settings.charset()));
        InputStream content = new SequenceInputStream(new ByteArrayInputStream(head), unzipped);
        FileBuffer buffer = new FileBuffer(utf8(content, ofFile.charset()), settings.maxRecordBytes() + SLACK);
        BufferedRecordReader reader =
                switch (settings.format()) {
                    case CSV -> new CsvReader(buffer, ofFile);
                    case JSON_LINES ->
                        name.isJson() ? jsonByContent(buffer, ofFile) : new JsonLinesReader(buffer, ofFile);
                    case JSON_ARRAY -> new JsonArrayReader(buffer, ofFile, false);
                };
        reader.begin();
        return reader;
    }

    /** The first bytes; as many as can be read, where the data are cut. */
    private static byte[] head(InputStream content) throws IOException {
        byte[] head = new byte[FileContent.LOOKED_AT];
        int length = 0;
        try {
            while (length < head.length) {
                int n = content.read(head, length, head.length - length);
                if (n < 0) {
                    break;
                }
                length += n;
            }
        } catch (ZipException e) {
            if (length == 0) {
                throw e;
            }
        }
        return Arrays.copyOf(head, length);
    }

    /** Of a file that is named as a JSON value, but may hold one on each line. */
    private static BufferedRecordReader jsonByContent(FileBuffer buffer, FileSettings settings) throws IOException {
        FirstLines lines = FirstLines.of(
                buffer,
                buffer.beginsWithByteOrderMark() ? FileBuffer.BYTE_ORDER_MARK : 0,
                new JsonText(new RecordText(settings.charset(), "column")));
        boolean array = lines.first() == '[';
        if (array && (!lines.whole() || lines.second() == FirstLines.Second.NONE)) {
            return new JsonArrayReader(buffer, settings, false);
        }
        return lines.first() == '{' && !lines.whole() && lines.second() != FirstLines.Second.WHOLE
                ? new JsonArrayReader(buffer, settings, true)
                : new JsonLinesReader(buffer, settings);
    }

    private static InputStream utf8(InputStream in, Charset charset) {
        boolean already = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
        return already ? in : new Transcoder(in, charset);
    }
}
