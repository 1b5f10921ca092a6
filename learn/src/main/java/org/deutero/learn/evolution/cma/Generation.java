package org.deutero.learn.evolution.cma;

import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * One generation's update, in the order of the tutorial's equations.
 *
 * @param before the state that the candidates were drawn from
 * @param candidates in the order in which they were drawn
 * @param ranking their order by fitness
 */
record Generation(CmaState before, Candidates candidates, Ranking ranking, boolean diagonal, boolean active) {
    CmaState after() {
        long n = before.mean().size(0);
        CmaConstants c = CmaConstants.of(n, before.population(), active, diagonal);
        Tensor order = Tensor.of(ranking.order(), before.population());
        Tensor y = candidates.y().indexSelect(0, order);
        Tensor z = candidates.z().indexSelect(0, order);
        Tensor weights = Tensor.of(c.weights(), before.population());
        Tensor positive = weights.relu().unsqueeze(0);
        Tensor step = positive.matmul(y).squeeze(0);
        Tensor white = positive.matmul(z).squeeze(0);

        double cs = c.sigmaRate();
        Tensor sigmaPath = before.sigmaPath().mul(1 - cs).addScaled(white, Math.sqrt(cs * (2 - cs) * c.effective()));
        double length = Math.sqrt(sigmaPath.square().sum().item());
        double sigma = before.sigma() * Math.exp(Math.min(1, cs / c.damping() * (length / c.normalLength() - 1)));

        // A path that is long because sigma is much too small must not stretch C as well.
        double expected = Math.sqrt(1 - Math.pow(1 - cs, 2.0 * (before.generation() + 1)));
        boolean steady = length / expected < (1.4 + 2.0 / (n + 1)) * c.normalLength();
        double cc = c.pathRate();
        Tensor covariancePath = before.covariancePath()
                .mul(1 - cc)
                .addScaled(step, steady ? Math.sqrt(cc * (2 - cc) * c.effective()) : 0);

        double sum = weights.sum().item();
        double keep = 1 + (steady ? 0 : c.rankOne() * cc * (2 - cc)) - c.rankOne() - c.rankMu() * sum;
        // Negative weights are scaled by length, which keeps C positive definite.
        Tensor negative = weights.sub(weights.relu());
        Tensor scaled =
                weights.relu().add(negative.mul((double) n).div(z.square().sum(1)));
        Covariance covariance =
                before.covariance().updated(keep, c.rankOne(), covariancePath, scaled.mul(c.rankMu()), y);
        long generation = before.generation() + 1;
        return new CmaState(
                generation,
                before.population(),
                before.mean().addScaled(step, before.sigma()),
                sigma,
                generation % c.interval() == 0 ? covariance.decomposed() : covariance,
                sigmaPath,
                covariancePath,
                appended(before.best(), ranking.best(), 10 + Math.ceil(30.0 * n / before.population())),
                ranking.range(),
                ranking.slope() == 0
                        ? before.slopes().detach()
                        : appended(before.slopes(), ranking.slope(), 20 + Math.ceil(3.0 * n / before.population())));
    }

    private static Tensor appended(Tensor history, double value, double longest) {
        long surplus = Math.max(0, history.size(0) + 1 - (long) longest);
        Tensor recent = history.slice(0, surplus, history.size(0));
        return Tensors.cat(List.of(recent, Tensor.of(new double[] {value}, 1)), 0);
    }
}
