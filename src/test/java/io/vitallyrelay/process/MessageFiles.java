package io.vitallyrelay.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The kinds of files in which the tests hand messages over, each with the integration that reads them. */
enum MessageFiles {
    JSON_LINES("messages", ".jsonl"),
    ZIPPED("messages", ".jsonl.gz"),
    /** One quoted column, which is the message; the rows go through the route one by one. */
    CSV("messages-csv", ".csv");

    private static final List<String> CSV_ROUTE = List.of(
            "- route:",
            "    id: messages-csv",
            "    from:",
            "      uri: kamelet:csv-files-source",
            "      parameters:",
            "        integration: messages-csv",
            "      steps:",
            "        - setBody:",
            "            jq:",
            "              expression: .message | fromjson",
            "        - to: kamelet:vitally-sink");

    private final String integration;
    private final String ending;

    MessageFiles(String integration, String ending) {
        this.integration = integration;
        this.ending = ending;
    }

    /** Routes that read all kinds. */
    static Path copyRoutesTo(Path folder) throws IOException {
        ProjectRoutes.copyCommonTo(folder);
        ProjectRoutes.copyIntegration("messages", folder);
        ProjectRoutes.write(folder, "messages-csv", "messages-csv.camel.yaml", CSV_ROUTE);
        return folder;
    }

    String integration() {
        return integration;
    }

    String name(int file) {
        return "%04d%s".formatted(file, ending);
    }

    /** @param lines a message in each line */
    byte[] content(String lines) throws IOException {
        String text = this == CSV ? csv(lines) : lines;
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return this == ZIPPED ? zip(content) : content;
    }

    private static String csv(String lines) {
        StringBuilder csv = new StringBuilder("message\n");
        lines.lines()
                .forEach(line ->
                        csv.append('"').append(line.replace("\"", "\"\"")).append("\"\n"));
        return csv.toString();
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(content);
        }
        return zipped.toByteArray();
    }
}
