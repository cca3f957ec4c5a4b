package io.vitallyrelay.source;

import java.io.IOException;

/** One JSON value on each line. */
final class JsonLinesReader extends LineReader {
    private final JsonText json;
    private final int maxRecordBytes;

    JsonLinesReader(ByteWindow window, FileSettings settings) {
        super(window);
        this.json = new JsonText(new RecordText(settings.charset(), "column"));
        this.maxRecordBytes = settings.maxRecordBytes();
    }

    @Override
    FileRecord take() throws IOException {
        while (window.at(0) >= 0) {
            int length = window.lineLength(maxRecordBytes);
            if (length > maxRecordBytes) {
                return takeBadLine(RecordText.tooLong(maxRecordBytes));
            }
            if (!isBlank(length)) {
                int from = window.position();
                FileRecord read =
                        json.unread(window.line(), window.buffer(), from, from + withoutCarriageReturn(length));
                window.takeLine(length);
                return read;
            }
            window.takeLine(length);
        }
        return null;
    }

    private boolean isBlank(int length) {
        byte[] b = window.buffer();
        for (int i = window.position(); i < window.position() + length; i++) {
            if (b[i] != ' ' && b[i] != '\t' && b[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
