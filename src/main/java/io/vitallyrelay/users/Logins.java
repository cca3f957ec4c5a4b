package io.vitallyrelay.users;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Checks names and passwords, on threads of its own: a check costs some tenths of a second of a processor, and a flood of them
 * must leave delivery the others. Thread-safe.
 */
public final class Logins implements AutoCloseable {
    private static final int WAITING = 40;
    /** Characters: nobody has such a name or password, and it would be kept. */
    private static final int LONGEST = 1000;

    private static final Duration SOON = Duration.ofSeconds(2);

    private final UsersNow users;
    private final Throttle throttle;
    private final Consumer<String> log;
    private final PasswordHash nobody = PasswordHash.ofNone();
    private final Verified verified = new Verified();
    private final ThreadPoolExecutor checks;

    /**
     * @param atOnce as many processors as checks may take
     * @param log is told of each login that is refused; not of those that have to wait, of which there may be any number
     */
    public Logins(UsersNow users, Throttle throttle, int atOnce, Consumer<String> log) {
        this.users = users;
        this.throttle = throttle;
        this.log = log;
        checks =
                new ThreadPoolExecutor(atOnce, atOnce, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "logins");
                    thread.setDaemon(true);
                    return thread;
                });
        checks.allowCoreThreadTimeOut(true);
    }

    /** The user, where just this password was right before. */
    public Optional<User> known(String name, String password) {
        return users.get().find(name).filter(user -> verified.has(user, password));
    }

    /** @param address where the try comes from */
    public CompletionStage<Login> check(String name, String password, String address) {
        if (name.length() > LONGEST || password.length() > LONGEST) {
            return CompletableFuture.completedFuture(new Login.Wrong());
        }
        Duration wait = throttle.begin(name, address);
        if (!wait.isZero()) {
            return CompletableFuture.completedFuture(new Login.TooMany(wait));
        }
        try {
            return CompletableFuture.supplyAsync(() -> checked(name, password, address), checks);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Login.TooMany(SOON));
        }
    }

    /** An unknown user takes as long as a known one. */
    private Login checked(String name, String password, String address) {
        Optional<User> user = users.get().find(name);
        boolean right = user.map(User::password).orElse(nobody).matches(password.toCharArray());
        if (!right || user.isEmpty()) {
            // what is no name of a user may be a password in the wrong field
            log.accept("a login of " + user.map(User::name).orElse("an unknown user") + " from " + address
                    + " is refused");
            return new Login.Wrong();
        }
        throttle.succeeded(name, address);
        verified.add(user.get(), password);
        return new Login.Right(user.get());
    }

    @Override
    public void close() {
        checks.shutdownNow();
    }
}
