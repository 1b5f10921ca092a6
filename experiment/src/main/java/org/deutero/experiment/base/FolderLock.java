package org.deutero.experiment.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.deutero.tensor.files.FileReasons;

/**
 * A folder that one thread of one process writes to. The system gives the lock back when a process ends, however it ends: the file {@value #NAME}, which stays
 * behind, locks nothing by itself. The thread that holds a folder may take it again.
 *
 * <p>Where a file system has no locks, as some network drives, only the threads of one process are kept apart.
 */
public final class FolderLock implements AutoCloseable {
    /**
     * The file that is locked. It is never opened elsewhere, because on POSIX a process loses its lock by closing the file by any way, and never removed, because another
     * might be about to lock it.
     */
    public static final String NAME = ".lock";

    /** Beyond the content, which others may read: Windows keeps them from what is locked. */
    private static final long FAR = 1L << 40;

    private static final int PID_DIGITS = 20;

    private static final Map<Path, FolderLock> HELD = new HashMap<>();

    private final Path folder;
    private final Thread owner;
    private FileChannel channel;
    private int times = 1;

    private FolderLock(Path folder) {
        this.folder = folder;
        this.owner = Thread.currentThread();
    }

    /**
     * Takes a folder, which must exist.
     *
     * @throws UserException if someone else holds it, or nothing can be written there
     */
    public static FolderLock take(Path path) {
        synchronized (HELD) {
            Path folder = real(path);
            FolderLock held = HELD.get(folder);
            if (held != null) {
                if (!held.owner.equals(Thread.currentThread())) {
                    throw inUse(path, "thread of this program");
                }
                held.times++;
                return held;
            }
            FolderLock lock = new FolderLock(folder);
            lock.open(path);
            HELD.put(folder, lock);
            return lock;
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw UserException.failure("the folder " + path + " cannot be used: " + FileReasons.of(e), e);
        }
    }

    private static UserException inUse(Path path, String who) {
        return UserException.failure(
                "the folder " + path + " is in use by another " + who
                        + "; wait for it to end, or choose another folder",
                null);
    }

    private void open(Path path) {
        try {
            channel = FileChannel.open(
                    folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked()) {
                String holder = holder();
                channel.close();
                throw inUse(path, holder);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
        } catch (IOException e) {
            throw UserException.failure("the folder " + path + " cannot be used: " + FileReasons.of(e), e);
        }
    }

    private boolean locked() {
        try {
            return channel.tryLock(FAR, 1, false) != null;
        } catch (IOException noLocks) {
            return true;
        }
    }

    private String holder() throws IOException {
        ByteBuffer content = ByteBuffer.allocate(PID_DIGITS);
        channel.read(content, 0);
        String pid = StandardCharsets.UTF_8.decode(content.flip()).toString();
        return pid.isEmpty() ? "process" : "process (" + pid + ")";
    }

    @Override
    public void close() {
        synchronized (HELD) {
            if (--times > 0) {
                return;
            }
            HELD.remove(folder);
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
