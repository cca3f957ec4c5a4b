package io.vitallyrelay.process;

import com.sun.jdi.ThreadReference;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The packaged service, started to run from failpoint to failpoint and to be killed there. For one thread. */
final class SteppedRelay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RelayProcess relay;
    private final Debugger debugger;
    private ThreadReference thread;
    private int crashes;

    /** Starts it; it stands before its first class. */
    SteppedRelay(RelayProcess relay) throws Exception {
        this.relay = relay;
        this.debugger = Debugger.listen();
        launch();
    }

    private void launch() throws Exception {
        relay.with("JAVA_TOOL_OPTIONS", debugger.option()).launch();
        debugger.accept();
    }

    /** Goes on until any thread comes to the place for the first time from now on. */
    SteppedRelay to(String place) throws Exception {
        return to(place, 1);
    }

    /** Goes on until any thread comes to the place for the nth time from now on. */
    SteppedRelay to(String place, int hit) throws Exception {
        thread = debugger.runTo(Failpoint.at(place, hit));
        return this;
    }

    /** Goes on until the thread that stands at the last place comes to this one. */
    SteppedRelay inTheSameThreadTo(String place) throws Exception {
        thread = debugger.runTo(Failpoint.at(place, 1), thread);
        return this;
    }

    /** Does this each time the place is come to, while all stands still. */
    SteppedRelay onEach(String place, Runnable action) {
        debugger.onEach(Failpoint.at(place, 1), action);
        return this;
    }

    /** Goes on without stopping, not even for {@link #onEach}, until something outside of the service is true. */
    SteppedRelay until(BooleanSupplier reached) {
        debugger.resume();
        Awaitility.await().atMost(PATIENCE).until(reached::getAsBoolean);
        return this;
    }

    /** Asks it to stop, which it does when it goes on. */
    SteppedRelay sigterm() {
        relay.askToEnd();
        return this;
    }

    void crash() throws InterruptedException {
        relay.kill9();
        crashes++;
    }

    int crashes() {
        return crashes;
    }

    /** Kills it where it stands and starts it again. */
    SteppedRelay crashAndStart() throws Exception {
        crash();
        launch();
        return this;
    }

    /** It can be started without stops again. */
    @Override
    public void close() throws Exception {
        relay.with("JAVA_TOOL_OPTIONS", null);
        debugger.close();
    }
}
