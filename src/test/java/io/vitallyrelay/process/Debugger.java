package io.vitallyrelay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets a Java process run up to a {@link Failpoint} and stand still there, all of its threads, so that it can be killed at
 * just this moment. The process itself knows nothing of it: it is started with {@link #option}, and then stands before its
 * first class. One process at a time, for one thread.
 */
final class Debugger implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FAILPOINT = "failpoint";
    private static final String ACTION = "action";

    private final ListeningConnector connector;
    private final Map<String, Argument> arguments;
    private final String address;
    private VirtualMachine process;

    private Debugger(ListeningConnector connector) throws IOException, IllegalConnectorArgumentsException {
        this.connector = connector;
        this.arguments = connector.defaultArguments();
        arguments.get("localAddress").setValue("127.0.0.1");
        arguments.get("timeout").setValue(Long.toString(PATIENCE.toMillis()));
        address = connector.startListening(arguments);
    }

    /** Listens for a process on a free port. */
    static Debugger listen() throws IOException, IllegalConnectorArgumentsException {
        return new Debugger(Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(connector -> connector.transport().name().equals("dt_socket"))
                .findFirst()
                .orElseThrow());
    }

    /** What the process is to be started with. */
    String option() {
        return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
    }

    /** Waits for the next process. It stands still. */
    void accept() throws IOException, IllegalConnectorArgumentsException {
        process = connector.accept(arguments);
    }

    /** Each time the process comes to the failpoint, it stands still until this is done. */
    void onEach(Failpoint failpoint, Runnable action) {
        arm(failpoint, breakpoint -> breakpoint.putProperty(ACTION, action));
    }

    /** Lets the process go on until it is at the failpoint, and leaves it there. */
    ThreadReference runTo(Failpoint failpoint) throws InterruptedException {
        return runTo(failpoint, breakpoint -> {});
    }

    /** Lets the process go on until this thread of it is at the failpoint, and leaves it there. */
    ThreadReference runTo(Failpoint failpoint, ThreadReference thread) throws InterruptedException {
        return runTo(failpoint, breakpoint -> breakpoint.addThreadFilter(thread));
    }

    private ThreadReference runTo(Failpoint failpoint, Consumer<BreakpointRequest> only) throws InterruptedException {
        arm(failpoint, breakpoint -> {
            only.accept(breakpoint);
            // last: it counts what passes the filters before it
            breakpoint.addCountFilter(failpoint.hit());
        });
        resume();
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (true) {
                long left = Math.max(1, (end - System.nanoTime()) / 1_000_000);
                EventSet events = process.eventQueue().remove(left);
                assertThat(events).as("the service comes to %s", failpoint).isNotNull();
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        set(prepared);
                    } else if (event instanceof BreakpointEvent reached) {
                        if (reached.request().getProperty(ACTION) instanceof Runnable action) {
                            action.run();
                        } else {
                            return reached.thread();
                        }
                    }
                }
                events.resume();
            }
        } catch (VMDisconnectedException e) {
            throw new AssertionError("the service ended before it came to " + failpoint, e);
        }
    }

    /** Lets the process go on. */
    void resume() {
        process.resume();
    }

    private void arm(Failpoint failpoint, Consumer<BreakpointRequest> configure) {
        List<ReferenceType> loaded = process.classesByName(failpoint.type());
        if (loaded.isEmpty()) {
            ClassPrepareRequest request = process.eventRequestManager().createClassPrepareRequest();
            request.addClassFilter(failpoint.type());
            request.putProperty(FAILPOINT, failpoint);
            request.putProperty(ACTION, configure);
            request.enable();
        } else {
            set(loaded.get(0), failpoint, configure);
        }
    }

    @SuppressWarnings("unchecked")
    private void set(ClassPrepareEvent prepared) {
        set(prepared.referenceType(), (Failpoint) prepared.request().getProperty(FAILPOINT), (Consumer<
                        BreakpointRequest>)
                prepared.request().getProperty(ACTION));
    }

    private void set(ReferenceType type, Failpoint failpoint, Consumer<BreakpointRequest> configure) {
        List<Method> methods = type.methodsByName(failpoint.method());
        assertThat(methods).as("methods for %s", failpoint).hasSize(1);
        BreakpointRequest breakpoint = process.eventRequestManager()
                .createBreakpointRequest(methods.get(0).location());
        configure.accept(breakpoint);
        breakpoint.enable();
    }

    @Override
    public void close() throws IOException, IllegalConnectorArgumentsException {
        connector.stopListening(arguments);
    }
}
