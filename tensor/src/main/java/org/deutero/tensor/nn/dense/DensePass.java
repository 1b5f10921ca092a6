package org.deutero.tensor.nn.dense;

import java.util.Optional;
import java.util.function.Predicate;
import org.deutero.tensor.GradMode;
import org.deutero.tensor.Matrices;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * One way through a {@link DenseLoss} and back, and what can be told from it: the gradient, and products with second derivatives by going both ways once more along a direction (Pearlmutter 1994).
 *
 * <p>With h_0 = x, z_l = h_{l-1} W_l' + b_l, h_l = f(z_l): d_l is the derivative of the sum of all losses by z_l, g_l that by h_l, and the gradient of W_l is d_l' h_{l-1}. A dot over a symbol stands for the derivative along a direction (V, c) of (W, b):
 * z.  = h. W' + h V' + c, h. = f'(z) z., g_{l-1}. = d_l. W_l + d_l V_l, d. = f'(z) g. + f''(z) z. g, and the product is (d_l' h_{l-1}). = d_l.' h_{l-1} + d_l' h_{l-1}.
 */
public final class DensePass {
    private static final String WEIGHT = ".weight";
    private static final String BIAS = ".bias";

    private final DenseLoss loss;
    private final int depth;
    private final Matrices ones;
    private final Matrices[] weights;
    private final Matrices[] activity;
    private final Matrices[] byActivity;
    private final Matrices[] bySums;

    DensePass(DenseLoss loss) {
        this.loss = loss;
        this.depth = loss.layers().size();
        Tensor x = loss.x();
        this.ones = Matrices.of(Tensors.ones(x.dtype(), x.size(0), x.size(1), 1));
        this.weights = new Matrices[depth];
        this.activity = new Matrices[depth + 1];
        this.byActivity = new Matrices[depth];
        this.bySums = new Matrices[depth + 1];
        forward(x);
        back();
    }

    private Tensor parameter(int layer, String kind) {
        return loss.weights().get(loss.layers().get(layer) + kind);
    }

    private Matrices make(int columns) {
        return Matrices.make(loss.x().dtype(), ones.tasks(), ones.rows(), columns);
    }

    private boolean last(int layer) {
        return layer == depth - 1;
    }

    private void forward(Tensor x) {
        activity[0] = Matrices.of(x);
        for (int l = 0; l < depth; l++) {
            weights[l] = Matrices.of(parameter(l, WEIGHT));
            Matrices z = make(weights[l].rows())
                    .set(ones, Matrices.rows(parameter(l, BIAS)))
                    .add(activity[l], weights[l].turned());
            if (!last(l)) {
                loss.bend().orElseThrow().apply(z);
            }
            activity[l + 1] = z;
        }
    }

    private void back() {
        bySums[depth] = loss.loss().gradient(activity[depth], loss.targets());
        for (int l = depth - 1; l > 0; l--) {
            Matrices g = make(weights[l].columns()).set(bySums[l + 1], weights[l]);
            Bend bend = loss.bend().orElseThrow();
            if (bend == Bend.RELU) {
                bend.back(g, activity[l]);
                bySums[l] = g;
            } else {
                byActivity[l] = g;
                bySums[l] = Matrices.like(g.tensor(), false).setTo(g);
                bend.back(bySums[l], activity[l]);
            }
        }
    }

    /** The network's outputs, [tasks, n, outputs]. */
    public Tensor outputs() {
        return activity[depth].tensor();
    }

    /** One number a task, [tasks]. */
    public Tensor losses() {
        return GradMode.off(() -> loss.loss().losses(outputs(), loss.targets()));
    }

    /**
     * The gradient of the sum of the losses: each task's own, or the sum over tasks for what they share.
     *
     * @param wanted names of weights, and that of the inputs if it has one
     */
    public Params gradient(Predicate<String> wanted) {
        return GradMode.off(() -> {
            Params.Builder gradient = Params.builder();
            for (int l = 0; l < depth; l++) {
                String layer = loss.layers().get(l);
                if (wanted.test(layer + WEIGHT)) {
                    Matrices byWeight = Matrices.like(parameter(l, WEIGHT), false);
                    gradient.put(
                            layer + WEIGHT,
                            byWeight.set(bySums[l + 1].turned(), activity[l]).tensor());
                }
                if (wanted.test(layer + BIAS)) {
                    gradient.put(layer + BIAS, byBias(l, bySums[l + 1]));
                }
            }
            loss.input()
                    .filter(wanted)
                    .ifPresent(input -> gradient.put(
                            input,
                            make(weights[0].columns())
                                    .set(bySums[1], weights[0])
                                    .tensor()));
            return gradient.build();
        });
    }

    private Tensor byBias(int l, Matrices bySum) {
        return Matrices.like(parameter(l, BIAS), true).set(ones.turned(), bySum).tensor();
    }

    /**
     * The weights after a step of gradient descent, those that are every task's own.
     *
     * @param moves which of them move; the others are left out
     */
    public Params descended(Predicate<String> moves, double rate) {
        return GradMode.off(() -> {
            Params.Builder after = Params.builder();
            for (int l = 0; l < depth; l++) {
                String layer = loss.layers().get(l);
                if (moves.test(layer + WEIGHT)) {
                    Tensor weight = parameter(l, WEIGHT);
                    after.put(
                            layer + WEIGHT,
                            Matrices.like(weight, false)
                                    .setTo(weight)
                                    .add(bySums[l + 1].turned(), activity[l], -rate)
                                    .tensor());
                }
                if (moves.test(layer + BIAS)) {
                    Tensor bias = parameter(l, BIAS);
                    after.put(
                            layer + BIAS,
                            Matrices.like(bias, true)
                                    .setTo(bias)
                                    .add(ones.turned(), bySums[l + 1], -rate)
                                    .tensor());
                }
            }
            return after.build();
        });
    }

    /**
     * The way back over that step: derivatives by the weights after it, which are made derivatives by those before it, in place. lambda becomes lambda - rate H lambda.
     *
     * @param lambda derivatives by the weights that moved, laid out densely and nobody else's
     * @return what the derivatives by all other weights gain, and that by the inputs if they have a name
     */
    public Params ascend(Params lambda, double rate) {
        return GradMode.off(() -> new Moving(lambda).products(Optional.of(lambda), -rate));
    }

    /**
     * The derivative of the gradient of all weights, and of the inputs if they have a name, as some weights move.
     *
     * @param direction by the names of these weights, of their shapes; what is not named stays
     */
    public Params curvature(Params direction) {
        return GradMode.off(() -> new Moving(direction).products(Optional.empty(), 1));
    }

    /** The way forward and back along a direction. */
    private final class Moving {
        private final Matrices[] steps = new Matrices[depth];
        private final Matrices[] moved = new Matrices[depth + 1];

        Moving(Params direction) {
            for (int l = 0; l < depth; l++) {
                String layer = loss.layers().get(l);
                Sum z = new Sum(make(weights[l].rows()));
                if (direction.has(layer + BIAS)) {
                    z.add(ones, Matrices.rows(direction.get(layer + BIAS)));
                }
                if (direction.has(layer + WEIGHT)) {
                    steps[l] = Matrices.of(direction.get(layer + WEIGHT));
                    z.add(activity[l], steps[l].turned());
                }
                if (moved[l] != null) {
                    z.add(moved[l], weights[l].turned());
                }
                if (z.any && !last(l)) {
                    loss.bend().orElseThrow().back(z.sum, activity[l + 1]);
                }
                moved[l + 1] = z.any ? z.sum : null;
            }
        }

        /**
         * The products times a number.
         *
         * @param sums what is added to, in place, where it has the name of a weight; all other products are returned
         */
        Params products(Optional<Params> sums, double scale) {
            if (moved[depth] == null) {
                return sums.isPresent() ? Params.EMPTY : loss.weights().zerosLike();
            }
            Params.Builder products = Params.builder();
            Matrices bySum = loss.loss().curvature(activity[depth], loss.targets(), moved[depth]);
            for (int l = depth - 1; l >= 0; l--) {
                // Before the direction itself, which may be what is added to, is changed.
                Matrices before = l == 0 ? null : back(l, bySum);
                if (l == 0 && loss.input().isPresent()) {
                    products.put(
                            loss.input().get(), byInput(0, bySum).scale(scale).tensor());
                }
                weight(l, bySum, sums, scale, products);
                bias(l, bySum, sums, scale, products);
                bySum = before;
            }
            return products.build();
        }

        private void weight(int l, Matrices bySum, Optional<Params> sums, double scale, Params.Builder products) {
            String name = loss.layers().get(l) + WEIGHT;
            Matrices sum;
            if (sums.isPresent() && sums.get().has(name)) {
                if (!steps[l].over(sums.get().get(name))) {
                    throw new IllegalArgumentException("derivatives by " + name + " do not lie in rows of their own");
                }
                sum = steps[l].add(bySum.turned(), activity[l], scale);
            } else {
                sum = Matrices.like(parameter(l, WEIGHT), false).set(bySum.turned(), activity[l], scale);
                products.put(name, sum.tensor());
            }
            if (moved[l] != null) {
                sum.add(bySums[l + 1].turned(), moved[l], scale);
            }
        }

        private void bias(int l, Matrices bySum, Optional<Params> sums, double scale, Params.Builder products) {
            String name = loss.layers().get(l) + BIAS;
            if (sums.isPresent() && sums.get().has(name)) {
                Matrices.rows(sums.get().get(name)).add(ones.turned(), bySum, scale);
            } else {
                products.put(
                        name,
                        Matrices.like(parameter(l, BIAS), true)
                                .set(ones.turned(), bySum, scale)
                                .tensor());
            }
        }

        /** What the derivative by a layer's inputs gains. */
        private Matrices byInput(int l, Matrices bySum) {
            Matrices g = make(weights[l].columns()).set(bySum, weights[l]);
            return steps[l] == null ? g : g.add(bySums[l + 1], steps[l]);
        }

        private Matrices back(int l, Matrices bySum) {
            Matrices g = byInput(l, bySum);
            Bend bend = loss.bend().orElseThrow();
            bend.back(g, activity[l]);
            if (moved[l] != null && byActivity[l] != null) {
                bend.turn(activity[l], moved[l], byActivity[l]).ifPresent(turn -> g.add(turn, 1));
            }
            return g;
        }
    }

    /** A sum of products that is empty at first. */
    private static final class Sum {
        private final Matrices sum;
        private boolean any;

        Sum(Matrices sum) {
            this.sum = sum;
        }

        void add(Matrices left, Matrices right) {
            if (any) {
                sum.add(left, right);
            } else {
                sum.set(left, right);
            }
            any = true;
        }
    }
}
