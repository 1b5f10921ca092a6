package org.deutero.tensor.optim;

import org.deutero.tensor.Params;

/** Step sizes: one number, or a tree of tensors (one number a tensor, or elementwise) that may itself be learned. */
@FunctionalInterface
public interface Rates {
    /** Parameters moved by minus rate times direction. */
    Params apply(Params params, Params direction);

    /** The same rate for everything. */
    static Rates constant(double rate) {
        return (params, direction) -> params.addScaled(direction, -rate);
    }

    /** One tensor of rates for each parameter, of its shape or a scalar; tensors without an entry do not move. */
    static Rates of(Params rates) {
        return (params, direction) -> {
            Params moved = params.filter(rates::has)
                    .zip(
                            direction.filter(rates::has).zip(rates.filter(params::has), (d, r) -> d.mul(r)),
                            (p, d) -> p.sub(d));
            return params.with(moved);
        };
    }
}
