package org.deutero.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.PointerScope;

/**
 * The lifetime of native memory: every tensor made on this thread while a scope is open is freed when the scope closes, unless
 * {@linkplain #keep(Tensor) kept}.
 *
 * <pre>{@code
 * try (Scope s = Scope.open()) {
 *     Tensor y = x.mul(2).sum();   // intermediate results die here
 *     return s.keep(y);            // y moves to the enclosing scope
 * }
 * }</pre>
 *
 * <p>Scopes nest, belong to the thread that opened them and close in reverse order; anything else is an error. A tensor can only be made while a scope is open: that is what makes a leak impossible to write by accident. What is kept
 * from the outermost scope belongs to the caller, who {@linkplain Tensor#close() closes} it or hands it to another scope, on any
 * thread, with {@link #adopt(Tensor)}.
 */
public final class Scope implements AutoCloseable {
    private static final ThreadLocal<Deque<Scope>> OPEN = ThreadLocal.withInitial(Scope::firstOnThread);

    private final Deque<Scope> stack;
    private final PointerScope pointers;
    private final Scope parent;

    private Scope(Deque<Scope> stack) {
        this.stack = stack;
        this.parent = stack.peek();
        this.pointers = new PointerScope();
    }

    private static Deque<Scope> firstOnThread() {
        Natives.prepareThread();
        return new ArrayDeque<>();
    }

    /** Opens a scope on this thread. */
    public static Scope open() {
        Deque<Scope> stack = OPEN.get();
        Scope scope = new Scope(stack);
        stack.push(scope);
        return scope;
    }

    /** Whether a scope is open on this thread. */
    static boolean isOpen() {
        return !OPEN.get().isEmpty();
    }

    /** Moves a tensor to the enclosing scope, or to the caller if this scope is the outermost; returns it. */
    public Tensor keep(Tensor tensor) {
        if (parent != null) {
            parent.pointers.attach(tensor.handle());
        } else {
            tensor.handle().retainReference();
        }
        return tensor;
    }

    /** Moves every tensor of a tree to the enclosing scope, or to the caller if this scope is the outermost; returns it. */
    public Params keep(Params params) {
        params.forEach((name, tensor) -> keep(tensor));
        return params;
    }

    /**
     * Moves every tensor of a tree out of all scopes, however many enclose this one: it belongs to the caller, who closes it. For objects that
     * outlive whatever scope they happen to be made in.
     */
    public Params disown(Params params) {
        params.forEach((name, tensor) -> tensor.handle().retainReference());
        return params;
    }

    /** Keeps a tree alive until this scope closes as well, whichever inner scope made it; returns it. */
    public Params hold(Params params) {
        params.forEach((name, tensor) -> pointers.attach(tensor.handle()));
        return params;
    }

    /** Takes over a tensor that the caller owns, whichever thread made it; it is freed when this scope closes. */
    public Tensor adopt(Tensor tensor) {
        pointers.attach(tensor.handle());
        tensor.close();
        return tensor;
    }

    /** Takes over every tensor of a tree that the caller owns. */
    public Params adopt(Params params) {
        params.forEach((name, tensor) -> adopt(tensor));
        return params;
    }

    /**
     * Frees everything made since this scope was opened and not kept.
     *
     * @throws IllegalStateException if this is not the innermost open scope of the current thread
     */
    @Override
    public void close() {
        if (OPEN.get() != stack || stack.peek() != this) {
            throw new IllegalStateException("a scope must be closed by the thread that opened it, innermost first");
        }
        stack.pop();
        pointers.close();
    }
}
