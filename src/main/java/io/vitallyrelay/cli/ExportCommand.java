package io.vitallyrelay.cli;

import io.vitallyrelay.disk.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export",
        description = {
            "Writes dead letters, oldest first, with all that they hold.",
            "In CSV a text that a spreadsheet would take for a formula has an apostrophe before it."
        })
final class ExportCommand implements Callable<Integer> {
    private static final int BUFFER = 64 * 1024;

    @Mixin
    private ServiceOption service;

    @Mixin
    private FilterOptions filter;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "jsonl",
            description = "jsonl (a JSON object a line) or csv; default: ${DEFAULT-VALUE}")
    private String format;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "writes this file, for its user alone; default: the standard output")
    private Path output;

    @Override
    public Integer call() throws CommandException, InterruptedException {
        String path = "/api/dead-letters/export?format=" + ServiceClient.segment(format)
                + ServiceClient.query(filter.filter());
        try (InputStream in = service.client().stream(path)) {
            if (output == null) {
                copy(in, System.out, "the standard output");
                if (System.out.checkError()) {
                    throw new CommandException("the standard output cannot be written");
                }
                return 0;
            }
            try (OutputStream out = open()) {
                copy(in, out, output.toString());
            }
            return 0;
        } catch (IOException e) {
            throw new CommandException("cannot write " + output + ": " + e, e);
        }
    }

    private OutputStream open() throws IOException {
        PrivateFiles.createFile(output);
        return Files.newOutputStream(output);
    }

    private static void copy(InputStream in, OutputStream out, String name) throws CommandException, IOException {
        byte[] buffer = new byte[BUFFER];
        int read = read(in, buffer, name);
        while (read >= 0) {
            out.write(buffer, 0, read);
            read = read(in, buffer, name);
        }
        out.flush();
    }

    private static int read(InputStream in, byte[] buffer, String name) throws CommandException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new CommandException("the service broke off: " + name + " has not all dead letters", e);
        }
    }
}
