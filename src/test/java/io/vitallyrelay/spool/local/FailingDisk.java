package io.vitallyrelay.spool.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk under the store of one folder that fails when it is told to. It remembers of each file what was forced, and what was
 * written since: {@link #kill} gives the files as a killed process leaves them, {@link #cutPower} as a loss of power does.
 * Thread-safe.
 */
final class FailingDisk implements StoreFiles, AutoCloseable {
    /** What goes wrong. */
    enum Fault {
        /** Fewer bytes are written than were asked for, and the disk says so. */
        SHORT_WRITE,
        /** A part is written, then the write fails. */
        TORN_WRITE,
        /** There is no room for all of it. */
        FULL,
        /** Nothing is written. */
        BROKEN_WRITE,
        /** Nothing is forced; what was written is still there to be forced later. */
        BROKEN_FORCE,
        /** The force fails and what it should have forced never gets to the disk, although it can be read until the power is lost. */
        FORGETTING_FORCE,
        /** The force says that all is well, and forces nothing. */
        LYING_FORCE,
        /** Nothing is read. */
        BROKEN_READ;

        private Request of() {
            return switch (this) {
                case BROKEN_FORCE, FORGETTING_FORCE, LYING_FORCE -> Request.FORCE;
                case BROKEN_READ -> Request.READ;
                default -> Request.WRITE;
            };
        }
    }

    private enum Request {
        READ,
        WRITE,
        FORCE
    }

    /** What a loss of power takes of that which was never forced. */
    enum Loss {
        ALL,
        /** Any pages, in any order. */
        SOME,
        /** All of some files, and nothing of the others. */
        OF_SOME_FILES
    }

    private static final String SCHEME = "failing";
    private static final int PAGE = 4096;
    private static final Map<Path, FailingDisk> DISKS = new ConcurrentHashMap<>();

    static {
        FilePath.register(new FailingPath());
    }

    private final Path folder;
    private final Random random;
    private final Map<String, Platter> platters = new HashMap<>();
    private Fault fault;
    private int goodBefore;
    private int times;
    private Runnable whenItFails = () -> {};
    private boolean lies;

    FailingDisk(Path folder, Random random) {
        this.folder = folder;
        this.random = random;
        DISKS.put(folder, this);
    }

    /**
     * Lets some writes, forces or reads pass and then so many of them fail.
     *
     * @param whenItFails called at the first one, while the disk stands still: after what it writes, before it returns
     */
    synchronized void fail(Fault with, int after, int howOften, Runnable whenItFails) {
        this.fault = with;
        this.goodBefore = after;
        this.times = howOften;
        this.whenItFails = whenItFails;
    }

    /** From now on it does not fail. */
    synchronized void mend() {
        times = 0;
    }

    /** Whether something is not forced of which a force said that it is, or which it forgot. */
    synchronized boolean lies() {
        return lies;
    }

    /** The files as they are, in another folder, on a disk that knows as much of them as this one. */
    synchronized FailingDisk kill(Path to) {
        copy(to);
        FailingDisk disk = new FailingDisk(to, random);
        platters.forEach((name, platter) -> disk.platters.put(name, platter.copy()));
        return disk;
    }

    /** The files as they are once there is power again, in another folder. */
    synchronized void cutPower(Path to, Loss loss) {
        copy(to);
        try {
            for (Map.Entry<String, Platter> file : platters.entrySet()) {
                Platter left = file.getValue().copy();
                if (loss == Loss.SOME) {
                    left.forceSome(random);
                } else if (loss == Loss.OF_SOME_FILES && random.nextBoolean()) {
                    left.force();
                }
                Files.write(to.resolve(file.getKey()), left.forced());
            }
            for (String log : List.of("delivered.0", "delivered.1")) {
                if (Files.exists(to.resolve(log))) {
                    // nobody forces it
                    byte[] bytes = Files.readAllBytes(to.resolve(log));
                    int length = loss == Loss.ALL ? 0 : random.nextInt(bytes.length + 1);
                    Files.write(to.resolve(log), Arrays.copyOf(bytes, length));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Path to) {
        try (Stream<Path> files = Files.list(folder)) {
            Files.createDirectory(to);
            for (Path file : files.toList()) {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name(Path file) {
        return SCHEME + ":" + file;
    }

    @Override
    public FileChannel open(Path file) throws IOException {
        return open(file, StoreFiles.LOCAL.open(file));
    }

    private synchronized FileChannel open(Path file, FileChannel base) throws IOException {
        String name = file.getFileName().toString();
        Platter platter = platters.get(name);
        if (platter == null) {
            platter = new Platter(Files.readAllBytes(file));
            platters.put(name, platter);
        }
        return new Channel(base, platter);
    }

    /** No file is opened on it any more. */
    @Override
    public void close() {
        DISKS.remove(folder);
    }

    private boolean failsNow(Request request) {
        if (times == 0 || fault.of() != request || goodBefore-- > 0) {
            return false;
        }
        times--;
        return true;
    }

    private void failed() {
        Runnable once = whenItFails;
        whenItFails = () -> {};
        once.run();
    }

    private synchronized int read(FileChannel base, ByteBuffer into, long at) throws IOException {
        if (failsNow(Request.READ)) {
            failed();
            throw new IOException("Input/output error");
        }
        return base.read(into, at);
    }

    private synchronized int write(Channel channel, ByteBuffer from, long at) throws IOException {
        int length = from.remaining();
        if (!failsNow(Request.WRITE)) {
            return channel.writeThrough(from, at, length);
        }
        int part =
                switch (fault) {
                    case SHORT_WRITE -> 1 + random.nextInt(length);
                    case TORN_WRITE, FULL -> random.nextInt(length);
                    default -> 0;
                };
        channel.writeThrough(from, at, part);
        failed();
        if (fault == Fault.SHORT_WRITE) {
            return part;
        }
        throw new IOException(fault == Fault.FULL ? "No space left on device" : "Input/output error");
    }

    private synchronized void force(Platter platter) throws IOException {
        if (!failsNow(Request.FORCE)) {
            platter.force();
            lies = platters.values().stream().anyMatch(file -> file.isLiedAbout);
            return;
        }
        if (fault == Fault.FORGETTING_FORCE) {
            platter.forget();
        }
        if (fault != Fault.BROKEN_FORCE) {
            platter.isLiedAbout = true;
            lies = true;
        }
        failed();
        if (fault != Fault.LYING_FORCE) {
            throw new IOException("Input/output error");
        }
    }

    /** A file: what is forced, and what was done to it since. */
    private static final class Platter {
        private byte[] bytes;
        private int size;
        private final List<Change> changes = new ArrayList<>();
        private boolean isLiedAbout;
        private boolean forgot;

        Platter(byte[] bytes) {
            this.bytes = bytes;
            this.size = bytes.length;
        }

        Platter copy() {
            Platter copy = new Platter(forced());
            copy.changes.addAll(changes);
            copy.isLiedAbout = isLiedAbout;
            copy.forgot = forgot;
            return copy;
        }

        byte[] forced() {
            return Arrays.copyOf(bytes, size);
        }

        void force() {
            changes.forEach(this::apply);
            changes.clear();
            isLiedAbout = forgot;
        }

        void forget() {
            changes.clear();
            forgot = true;
        }

        void forceSome(Random random) {
            for (Change change : changes) {
                for (Change page : change.pages()) {
                    if (random.nextBoolean()) {
                        apply(page);
                    }
                }
            }
        }

        private void apply(Change change) {
            if (change.bytes == null) {
                size = Math.min(size, change.at);
                return;
            }
            int end = change.at + change.bytes.length;
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * end);
            }
            if (change.at > size) {
                Arrays.fill(bytes, size, change.at, (byte) 0);
            }
            System.arraycopy(change.bytes, 0, bytes, change.at, change.bytes.length);
            size = Math.max(size, end);
        }
    }

    /** Bytes written at a place; or, without bytes, the file cut off there. */
    @SuppressWarnings("ArrayRecordComponent") // nobody changes it
    private record Change(int at, byte[] bytes) {
        List<Change> pages() {
            if (bytes == null) {
                return List.of(this);
            }
            List<Change> pages = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + PAGE - (at + from) % PAGE);
                pages.add(new Change(at + from, Arrays.copyOfRange(bytes, from, to)));
                from = to;
            }
            return pages;
        }
    }

    private final class Channel extends FileBaseDefault {
        private final FileChannel base;
        private final Platter platter;

        Channel(FileChannel base, Platter platter) {
            this.base = base;
            this.platter = platter;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public int read(ByteBuffer into, long at) throws IOException {
            return FailingDisk.this.read(base, into, at);
        }

        @Override
        public int write(ByteBuffer from, long at) throws IOException {
            return FailingDisk.this.write(this, from, at);
        }

        int writeThrough(ByteBuffer from, long at, int length) throws IOException {
            byte[] bytes = new byte[length];
            from.get(bytes);
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                base.write(left, at + left.position());
            }
            platter.changes.add(new Change((int) at, bytes));
            return length;
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            synchronized (FailingDisk.this) {
                base.truncate(size);
                platter.changes.add(new Change((int) size, null));
            }
        }

        @Override
        public void force(boolean metaData) throws IOException {
            FailingDisk.this.force(platter);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }

    /** How MVStore comes to the disk of the file's folder. */
    public static final class FailingPath extends FilePathWrapper {
        @Override
        public String getScheme() {
            return SCHEME;
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            Path file = Path.of(getBase().toString());
            return DISKS.get(file.getParent()).open(file, getBase().open(mode));
        }
    }
}
