package org.deutero.tasks.files;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.Picture;
import org.deutero.tasks.images.PictureHeader;

/** Reads the pictures of one tree on all processors, within the limits and without filling the memory with large ones. */
final class Decoding {

    private static final int KILOPIXEL = 1024;
    private static final int BYTES_PER_PIXEL = 9; // the decoder's image, ours, and ours turned upright
    private static final int LARGEST = 16_000_000 / KILOPIXEL;
    private static final long REPORT_NANOSECONDS = 2_000_000_000L;

    private final FileTree tree;
    private final String path;
    private final Limits limits;
    private final AtomicLong total = new AtomicLong();
    private final int permits;
    private final Semaphore memory;

    Decoding(FileTree tree, String path, Limits limits) {
        this.tree = tree;
        this.path = path;
        this.limits = limits;
        long quarter = Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_PIXEL / KILOPIXEL;
        this.permits = (int) Math.max(LARGEST, Math.min(Integer.MAX_VALUE, quarter));
        this.memory = new Semaphore(permits);
    }

    /** The bytes of a file. */
    byte[] bytes(String file) {
        byte[] bytes = tree.read(file, limits.fileBytes());
        if (total.addAndGet(bytes.length) > limits.totalBytes()) {
            throw new DataException(path + " holds more than the limit of " + limits.totalBytes()
                    + " bytes of images; the limit was passed at " + tree.describe(file));
        }
        return bytes;
    }

    /** Decodes a file and hands the picture on while there is room for it. */
    <R> R picture(String file, byte[] bytes, Function<Picture, R> use) {
        String name = tree.describe(file);
        int cost = (int) Math.min(permits, Math.min(LARGEST, cost(bytes, name) / KILOPIXEL + 1));
        memory.acquireUninterruptibly(cost);
        try {
            return use.apply(Picture.decode(bytes, name, limits.pixels()));
        } finally {
            memory.release(cost);
        }
    }

    private static long cost(byte[] bytes, String name) {
        try {
            return PictureHeader.read(bytes, name).pixels();
        } catch (DataException e) {
            return 0; // the decoder says better what the file is instead
        }
    }

    /** Runs something for each of {@code n} files in parallel and reports how far that is. */
    static void each(int n, IntConsumer work, LoadListener listener) {
        AtomicInteger done = new AtomicInteger();
        AtomicLong told = new AtomicLong(System.nanoTime());
        IntStream.range(0, n).parallel().forEach(i -> {
            work.accept(i);
            int now = done.incrementAndGet();
            long last = told.get();
            if (System.nanoTime() - last > REPORT_NANOSECONDS && told.compareAndSet(last, System.nanoTime())) {
                listener.decoded(now, n);
            }
        });
        listener.decoded(n, n);
    }
}
