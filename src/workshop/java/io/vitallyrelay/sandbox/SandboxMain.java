package io.vitallyrelay.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;

/**
 * The sandbox as a process: {@code --token TOKEN [--port PORT] [--journal FILE]}. Prints one line, {@code sandbox ready
 * <url>}, once it listens, and ends when its standard input does, so that it never outlives the program that started
 * it. Exit status: 0, 1 if it cannot listen or write, 2 for arguments it does not understand.
 */
public final class SandboxMain {
    private static final String USAGE = "usage: --token TOKEN [--port PORT] [--journal FILE]";

    private SandboxMain() {}

    public static void main(String[] args) {
        System.exit(run(args, System.in, System.out, System.err));
    }

    static int run(String[] args, InputStream in, PrintStream out, PrintStream err) {
        SandboxSettings settings;
        try {
            settings = settings(args);
        } catch (IllegalArgumentException e) {
            err.println("sandbox: " + e.getMessage());
            err.println(USAGE);
            return 2;
        }
        try (Sandbox sandbox = Sandbox.start(settings)) {
            out.println("sandbox ready " + sandbox.url());
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
            return 0;
        } catch (IOException e) {
            err.println("sandbox: " + e);
            return 1;
        }
    }

    private static SandboxSettings settings(String[] args) {
        String token = "";
        int port = 0;
        Path journal = null;
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " needs a value");
            }
            String value = args[i + 1];
            switch (args[i]) {
                case "--token" -> token = value;
                case "--port" -> port = port(value);
                case "--journal" -> journal = Path.of(value);
                default -> throw new IllegalArgumentException("unknown argument " + args[i]);
            }
        }
        SandboxSettings settings = SandboxSettings.forToken(token).onPort(port);
        return journal == null ? settings : settings.withJournal(journal);
    }

    private static int port(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the port must be a number, not " + value, e);
        }
    }
}
