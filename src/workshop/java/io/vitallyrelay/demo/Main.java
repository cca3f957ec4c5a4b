package io.vitallyrelay.demo;

/** The commands of a checkout: those of the service, and the demo. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        io.vitallyrelay.cli.Main.run(args, new DemoCommand());
    }
}
