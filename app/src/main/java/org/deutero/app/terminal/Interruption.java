package org.deutero.app.terminal;

import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;

/**
 * Ctrl-C, and the signals by which systems ask a program to end: training finishes its iteration, writes a checkpoint and ends; a second signal ends the program now.
 * Outside of training there is nothing to save, and the first ends it.
 *
 * <p>Signals are a part of Java that not every Java has, and are reached by reflection; without them a signal ends the program at once, as it always did.
 */
public final class Interruption implements RunListener, AutoCloseable {
    private static final int SIGNALLED = 128;
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final PrintStream err;
    private final Runnable restore;
    private volatile RunFolder folder;
    private volatile boolean training;
    private volatile int signal;

    /**
     * Listens until it is closed.
     *
     * @param err where a person looks
     */
    public Interruption(PrintStream err) {
        this.err = err;
        this.restore = handle(this::signalled);
    }

    @Override
    public void opened(Experiment experiment, RunFolder run, long iteration) {
        folder = run;
    }

    @Override
    public void started(long iteration, long total) {
        training = true;
    }

    @Override
    public void closed() {
        training = false;
    }

    @Override
    public boolean stop() {
        return signal != 0;
    }

    /** The exit code of a program that a signal has ended. */
    public int exitCode() {
        return SIGNALLED + signal;
    }

    /** What to do about a run that was stopped. */
    public static String resumeBy(RunFolder run) {
        return "go on with: deutero train --resume " + run.path();
    }

    private void signalled(int number) {
        if (training && signal == 0) {
            signal = number;
            err.println();
            err.println("Finishing this iteration and writing a checkpoint; once more to end at once.");
            return;
        }
        RunFolder run = folder;
        err.println();
        err.println("deutero: interrupted" + (run == null ? "" : "; " + resumeBy(run)));
        err.flush();
        // Not exit: it would wait for hooks and for whatever the native library is at.
        Runtime.getRuntime().halt(SIGNALLED + number);
    }

    @Override
    public void close() {
        restore.run();
    }

    @FunctionalInterface
    private interface Handler {
        void signalled(int number);
    }

    /** Sets a handler; what comes back sets those of before. */
    private static Runnable handle(Handler handler) {
        try {
            Class<?> type = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            InvocationHandler call = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    handler.signalled((int) type.getMethod("getNumber").invoke(arguments[0]));
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "handler";
            };
            Object ours = Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, call);
            Runnable restore = () -> {};
            for (String name : NAMES) {
                restore = then(restore, set(type, handlers, name, ours));
            }
            return restore;
        } catch (ReflectiveOperationException | RuntimeException noSignals) {
            return () -> {};
        }
    }

    private static Runnable then(Runnable first, Runnable second) {
        return () -> {
            first.run();
            second.run();
        };
    }

    /** Sets the handler of one signal, if this system has it and nobody has turned it off. */
    private static Runnable set(Class<?> type, Class<?> handlers, String name, Object handler) {
        try {
            Object signal = type.getConstructor(String.class).newInstance(name);
            var handle = type.getMethod("handle", type, handlers);
            Object before = handle.invoke(null, signal, handler);
            if (before.equals(handlers.getField("SIG_IGN").get(null))) {
                handle.invoke(null, signal, before); // as under nohup
                return () -> {};
            }
            return () -> {
                try {
                    handle.invoke(null, signal, before);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ReflectiveOperationException | RuntimeException noSuchSignal) {
            return () -> {};
        }
    }
}
