package org.deutero.tensor;

/** A tree that every step replaces: only the newest one stays in memory, however many steps there are. */
public final class Rolling implements AutoCloseable {
    private Params now;

    /** @param start stays with whoever owns it as well */
    @SuppressWarnings("try") // any open scope will do
    public Rolling(Params start) {
        try (Scope s = Scope.open()) {
            now = s.disown(start);
        }
    }

    /** The newest tree. */
    public Params get() {
        return now;
    }

    /** Replaces it. @param step the scope that made the next tree */
    public void next(Scope step, Params next) {
        Params before = now;
        now = step.disown(next);
        before.close();
    }

    /** Releases the newest tree, unless a scope keeps it. */
    @Override
    public void close() {
        now.close();
    }
}
