package org.deutero.tensor;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.bytedeco.pytorch.TensorImpl;
import org.bytedeco.pytorch.global.torch;

/**
 * Forward-mode derivatives through libtorch's dual level.
 *
 * <p>There is one level in the whole process, not one a thread. It is entered by the first thread that needs it and left by the
 * last; tangents live on tensors, which threads do not share, so they cannot mix. Leaving it clears all tangents, so results are
 * copied out before.
 */
final class DualLevel {
    private static final long LEVEL = 0;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static int users;
    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    private DualLevel() {}

    static Params jvp(Function<Params, Params> function, Params point, Params direction) {
        if (INSIDE.get()) {
            throw new IllegalStateException(
                    "forward-mode derivatives cannot be nested: libtorch has a single dual level");
        }
        enter();
        INSIDE.set(true);
        try (Scope s = Scope.open()) {
            Params dual = point.zip(direction, DualLevel::dual);
            Params result = function.apply(dual);
            return s.keep(result.map(DualLevel::tangent));
        } finally {
            INSIDE.set(false);
            leave();
        }
    }

    /** Whether this thread is computing a forward-mode derivative. */
    static boolean active() {
        return INSIDE.get();
    }

    /** The same data without its graph. Outside of this mode that is a detached tensor, which has no tangent. */
    static org.bytedeco.pytorch.Tensor cut(org.bytedeco.pytorch.Tensor tensor) {
        if (!INSIDE.get()) {
            return tensor.detach();
        }
        // Detaching drops the tangent as well; a view that is taken while nothing is recorded keeps it.
        return GradMode.off(() -> tensor.view_as(tensor));
    }

    private static Tensor dual(Tensor primal, Tensor tangent) {
        // Copies, because a tangent may not be attached to a tensor that others hold as well, and because both must
        // have
        // the same strides, offset and storage, which a slice or an expanded tensor and its tangent have not.
        org.bytedeco.pytorch.Tensor alias = dense(primal).set_requires_grad(true);
        try (TensorImpl impl = alias.unsafeGetTensorImpl()) {
            impl._set_fw_grad(dense(tangent), alias, LEVEL, false);
        }
        return new Tensor(alias);
    }

    private static org.bytedeco.pytorch.Tensor dense(Tensor tensor) {
        return tensor.handle()
                .detach()
                .reshape(-1)
                .clone()
                .reshape(tensor.shape())
                .detach();
    }

    private static Tensor tangent(Tensor result) {
        try (TensorImpl impl = result.handle().unsafeGetTensorImpl()) {
            org.bytedeco.pytorch.Tensor tangent = impl._fw_grad(LEVEL, result.handle());
            return tangent.defined()
                    ? new Tensor(new org.bytedeco.pytorch.Tensor(tangent))
                            .detach()
                            .copy()
                    : Tensors.zerosLike(result.detach());
        }
    }

    private static void enter() {
        Natives.ensureLoaded();
        LOCK.lock();
        try {
            if (users++ == 0) {
                torch.enter_dual_level();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void leave() {
        LOCK.lock();
        try {
            if (--users == 0) {
                torch.exit_dual_level(LEVEL);
            }
        } finally {
            LOCK.unlock();
        }
    }
}
