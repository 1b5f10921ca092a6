package org.deutero.experiment.gradcheck;

import java.util.Locale;
import org.deutero.learn.gradient.adjoint.Contrastive;
import org.deutero.learn.gradient.adjoint.Implicit;
import org.deutero.learn.gradient.adjoint.Sweep;
import org.deutero.learn.meta.MetaGradient;
import org.deutero.tensor.DType;

/** A finding in a sentence. */
final class Verdict {
    /** Below, what is left is rounding. */
    private static final double ROUNDING = 1e-6;

    private static final double FLOAT32_ROUNDING = 1e-2;

    private Verdict() {}

    static String of(Finding f, DType type, int directions) {
        double rounding = type == DType.FLOAT64 ? ROUNDING : FLOAT32_ROUNDING;
        String slopes =
                "; finite differences along " + directions + " directions agree to " + Units.error(f.slopeError());
        if (Double.isNaN(f.error()) || Double.isInfinite(f.error())) {
            return f.error() > 0
                    ? "not comparable: the exact gradient is zero here, and this one is not"
                    : "not finite: the estimate or the exact gradient holds a NaN or an infinity";
        }
        if (f.entry().kind() == EstimatorKind.EXACT) {
            if (f.entry().estimator().equals(Sweep.ALL) && type == DType.FLOAT64) {
                return "exact: it is what the others are compared with" + slopes;
            }
            return f.error() <= rounding
                    ? (f.error() == 0 ? "exact to the last bit" : "exact to " + Units.error(f.error())) + slopes
                    : "not what it should be: exact in theory, but " + how(f);
        }
        if (f.error() <= rounding) {
            return "agrees with the exact gradient to " + Units.error(f.error()) + " here, though not in general";
        }
        if (aimsAtMinimum(f.entry().estimator())) {
            return "differs from the gradient of the finite inner loop: " + how(f)
                    + "; but it aims at the gradient at a minimum of the inner loss, which is another quantity unless the loop settles"
                    + " (gradcheck --nudging compares contrastive estimates with that one)";
        }
        return f.entry().kind() == EstimatorKind.NOISY ? "noisy: this one estimate has " + how(f) : "biased: " + how(f);
    }

    private static boolean aimsAtMinimum(MetaGradient estimator) {
        return estimator instanceof Contrastive || estimator instanceof Implicit;
    }

    private static String how(Finding f) {
        return String.format(
                Locale.ROOT,
                "cosine %.4f with the exact gradient, %.3g times its norm, relative error %s",
                f.cosine(),
                f.norm(),
                Units.error(f.error()));
    }
}
