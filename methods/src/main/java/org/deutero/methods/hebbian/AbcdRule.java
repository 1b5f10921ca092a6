package org.deutero.methods.hebbian;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * A Hebbian rule with coefficients of its own for every synapse (Najarro, Risi 2020, arXiv 2007.02686): with o_i before and o_j behind the synapse
 *
 * <pre>
 * dw_ij = eta_ij (A_ij o_i o_j + B_ij o_i + C_ij o_j + D_ij)
 * </pre>
 *
 * <p>Coefficients are named {@code a}, {@code b}, {@code c}, {@code d}, {@code offset} (a D outside of the brackets) and {@code eta}, [in, out], and start standard normal.
 *
 * @param terms which of A to D there are
 * @param rate whether there is an eta; otherwise it is 1
 * @param place where D stands
 */
public record AbcdRule(Terms terms, boolean rate, Place place) {
    private static final String A = "a";
    private static final String B = "b";
    private static final String C = "c";
    private static final String D = "d";
    private static final String OFFSET = "offset";
    private static final String ETA = "eta";

    /** Terms of the rule. */
    public enum Terms {
        A,
        AD,
        ABC,
        ABCD;

        private boolean has(String name) {
            return name().toLowerCase(Locale.ROOT).contains(name);
        }
    }

    /** Where D stands. */
    public enum Place {
        /** Within the brackets, where eta acts on it. */
        IN,
        /** Outside. */
        OUT,
        /** Both, with two coefficients. */
        IN_AND_OUT
    }

    /** Refuses a place for a D that there is not. */
    public AbcdRule {
        if (!terms.has(D) && place != Place.IN) {
            throw new IllegalArgumentException("rule " + terms + " has no D that could stand elsewhere");
        }
    }

    private Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (String name : new String[] {A, B, C, D}) {
            if (terms.has(name) && !(name.equals(D) && place == Place.OUT)) {
                names.add(name);
            }
        }
        if (place != Place.IN) {
            names.add(OFFSET);
        }
        if (rate) {
            names.add(ETA);
        }
        return names;
    }

    /** Coefficients of a layer. */
    Params init(RandomGenerator rng, DType dtype, int in, int out) {
        Params.Builder coefficients = Params.builder();
        names().forEach(name -> coefficients.put(name, Tensors.normal(rng, dtype, in, out)));
        return coefficients.build();
    }

    /**
     * dw.
     *
     * @param coefficients [..., in, out]
     * @param before o_i, [..., 1, in]
     * @param behind o_j, [..., 1, out]
     * @return [..., in, out]
     */
    Tensor change(Params coefficients, Tensor before, Tensor behind) {
        Tensor source = before.transpose(-2, -1);
        Tensor sum = coefficients.get(A).mul(source.mul(behind));
        sum = coefficients.has(B) ? sum.add(coefficients.get(B).mul(source)) : sum;
        sum = coefficients.has(C) ? sum.add(coefficients.get(C).mul(behind)) : sum;
        sum = coefficients.has(D) ? sum.add(coefficients.get(D)) : sum;
        sum = rate ? sum.mul(coefficients.get(ETA)) : sum;
        return coefficients.has(OFFSET) ? sum.add(coefficients.get(OFFSET)) : sum;
    }
}
