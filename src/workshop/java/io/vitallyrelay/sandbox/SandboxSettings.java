package io.vitallyrelay.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Sandbox} is started with.
 *
 * @param port the port on 127.0.0.1; 0 takes a free one
 * @param token what has to stand behind {@code Basic }, exactly as it is sent
 * @param maxBodyBytes the largest body taken, in bytes
 * @param maxMessageBytes the largest message taken, in bytes as they stand in the body
 * @param journal the file that gets a line per accepted message, see {@link Journal}
 * @param behaviours what goes wrong on purpose; the first one sees a request first
 */
public record SandboxSettings(
        int port,
        String token,
        int maxBodyBytes,
        int maxMessageBytes,
        Optional<Path> journal,
        List<Behaviour> behaviours) {
    public SandboxSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the port must be 0 to 65535, not " + port);
        }
        if (token.isBlank()) {
            throw new IllegalArgumentException("the token must not be empty");
        }
        behaviours = List.copyOf(behaviours);
    }

    /** A free port, the safe limits (500,000 bytes a body, 32,768 a message), no journal, no faults. */
    public static SandboxSettings forToken(String token) {
        return new SandboxSettings(0, token, 500_000, 32_768, Optional.empty(), List.of());
    }

    public SandboxSettings onPort(int port) {
        return new SandboxSettings(port, token, maxBodyBytes, maxMessageBytes, journal, behaviours);
    }

    public SandboxSettings withLimits(int maxBodyBytes, int maxMessageBytes) {
        return new SandboxSettings(port, token, maxBodyBytes, maxMessageBytes, journal, behaviours);
    }

    public SandboxSettings withJournal(Path journal) {
        return new SandboxSettings(port, token, maxBodyBytes, maxMessageBytes, Optional.of(journal), behaviours);
    }

    public SandboxSettings withBehaviours(Behaviour... behaviours) {
        return new SandboxSettings(port, token, maxBodyBytes, maxMessageBytes, journal, List.of(behaviours));
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "SandboxSettings[port=" + port + ", maxBodyBytes=" + maxBodyBytes + ", maxMessageBytes="
                + maxMessageBytes + ", journal=" + journal + ", behaviours=" + behaviours + "]";
    }
}
