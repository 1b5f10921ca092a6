package org.deutero.learn.gradient.adjoint;

import java.util.List;

/**
 * The finite difference in the nudging strength beta that a contrastive rule takes (Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677): the
 * derivative at 0 of h(b) = dF_b/dtheta at phi_b, where F_b = L + b F and phi_b minimises it, is a weighted sum of h at a few strengths.
 */
public enum Contrast {
    /** (h(beta) - h(0)) / beta, with an error of first order in beta. */
    ONE_SIDED {
        @Override
        public List<Phase> phases(double beta) {
            return List.of(new Phase(0, -1 / beta), new Phase(beta, 1 / beta));
        }
    },
    /** (h(beta) - h(-beta)) / (2 beta), second order; L - beta F must be bounded below near the free minimum. */
    SYMMETRIC {
        @Override
        public List<Phase> phases(double beta) {
            return List.of(new Phase(beta, 0.5 / beta), new Phase(-beta, -0.5 / beta));
        }
    },
    /** (-1.5 h(0) + 2 h(beta) - 0.5 h(2 beta)) / beta, second order without negative nudging. */
    FORWARD_SECOND {
        @Override
        public List<Phase> phases(double beta) {
            return List.of(new Phase(0, -1.5 / beta), new Phase(beta, 2 / beta), new Phase(2 * beta, -0.5 / beta));
        }
    };

    /** The phases to be compared, in the order in which they are run. */
    public abstract List<Phase> phases(double beta);

    /**
     * A phase of learning.
     *
     * @param strength of the nudging; 0 is the free phase
     * @param weight of its h in the sum
     */
    public record Phase(double strength, double weight) {}
}
