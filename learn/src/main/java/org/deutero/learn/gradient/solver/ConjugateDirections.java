package org.deutero.learn.gradient.solver;

import org.deutero.tensor.Params;

/**
 * Conjugate gradients from zero (Hestenes, Stiefel 1952), one product with the matrix at a time: for a matrix whose products are made elsewhere, such as on shards.
 *
 * @param solution so far
 * @param residual b - A solution
 * @param direction whose product with the matrix is wanted next
 */
public record ConjugateDirections(Params solution, Params residual, Params direction) {
    private static final String SOLUTION = "solution";
    private static final String RESIDUAL = "residual";
    private static final String DIRECTION = "direction";

    /** Before the first product. */
    public static ConjugateDirections start(Params b) {
        return new ConjugateDirections(b.zerosLike(), b, b);
    }

    /**
     * After a product.
     *
     * @param image of {@link #direction}
     * @return this one if the matrix is not positive along the direction, or no number, where the method has no meaning
     */
    public ConjugateDirections after(Params image) {
        double curvature = direction.dot(image).item();
        if (!(curvature > 0 && Double.isFinite(curvature))) {
            return this;
        }
        double square = square();
        double step = square / curvature;
        Params left = residual.addScaled(image, -step);
        double turn = left.dot(left).item() / square;
        return new ConjugateDirections(solution.addScaled(direction, step), left, left.addScaled(direction, turn));
    }

    /** The squared residual. */
    public double square() {
        return residual.dot(residual).item();
    }

    /** The solution times the matrix times the solution, from b alone. */
    public double energy(Params b) {
        return solution.dot(b.sub(residual)).item();
    }

    /** As a tree. */
    public Params toParams() {
        return Params.builder()
                .put(SOLUTION, solution)
                .put(RESIDUAL, residual)
                .put(DIRECTION, direction)
                .build();
    }

    /** From {@link #toParams}. */
    public static ConjugateDirections of(Params tree) {
        return new ConjugateDirections(tree.child(SOLUTION), tree.child(RESIDUAL), tree.child(DIRECTION));
    }
}
