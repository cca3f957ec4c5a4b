package io.vitallyrelay.cli;

/** A command cannot do what it was asked for; the message is for its user. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 2;
    private static final int FAILED = 1;
    private static final int WRONG_ARGUMENTS = 2;
    private static final int UNREACHABLE = 3;
    private static final int NOT_ALLOWED = 4;

    private final int exitStatus;

    public CommandException(String message) {
        this(message, null);
    }

    public CommandException(String message, Throwable cause) {
        this(message, cause, FAILED);
    }

    private CommandException(String message, Throwable cause, int exitStatus) {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    /** It was asked for something that makes no sense. */
    static CommandException wrongArguments(String message) {
        return new CommandException(message, null, WRONG_ARGUMENTS);
    }

    /** There is no answer. */
    static CommandException unreachable(String message, Throwable cause) {
        return new CommandException(message, cause, UNREACHABLE);
    }

    /** The service does not let its user do that. */
    static CommandException notAllowed(String message) {
        return new CommandException(message, null, NOT_ALLOWED);
    }

    /** With which the program ends: 2 for wrong arguments, 3 where nothing answers, 4 for what is not allowed, else 1. */
    int exitStatus() {
        return exitStatus;
    }
}
