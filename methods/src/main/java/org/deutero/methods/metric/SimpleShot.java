package org.deutero.methods.metric;

import java.util.Optional;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.Normalization;

/**
 * The nearest class mean of features brought to length 1, centred first if wanted (SimpleShot: Wang, Chao, Weinberger, van der Maaten 2019, arXiv 1911.04623: L2N and CL2N). The centre is the mean of the support set, since the paper's, that of the training classes, is not known of an encoder from elsewhere.
 *
 * <p>Logits are minus the squared distances, times a factor that the paper, which asks for the nearest only, does not have. Memory: {@code prototypes} [tasks, way, width], {@code centre} [tasks, 1, width].
 *
 * @param centred whether the centre is taken off
 * @param scale the factor
 */
public record SimpleShot(boolean centred, double scale) implements Head {
    private static final String PROTOTYPES = "prototypes";
    private static final String CENTRE = "centre";

    @Override
    public Params memory(Params own, Tensor support, Tensor labels, int way) {
        // Classes count alike, however many examples they have.
        Tensor centre = Prototypes.means(support, labels, way).mean(1).unsqueeze(1);
        Tensor used = centred ? centre : Tensors.zerosLike(centre);
        Tensor prototypes = Prototypes.means(Cosines.unit(support.sub(used)), labels, way);
        return Params.builder().put(PROTOTYPES, prototypes).put(CENTRE, used).build();
    }

    @Override
    public Tensor logits(Params own, Params memory, Tensor queries, Normalization normalization) {
        Tensor units = Cosines.unit(queries.sub(memory.get(CENTRE)));
        return Prototypes.minusSquaredDistances(units, memory.get(PROTOTYPES)).mul(scale);
    }

    @Override
    public Optional<String> inseparable() {
        return centred
                ? Optional.of("features are centred by the mean of all classes; transform l2 does without")
                : Optional.empty();
    }

    @Override
    public Params joined(Params memory, long[] examples, Tensor features, Tensor labels, int way) {
        return memory.with(Prototypes.EUCLIDEAN.joined(memory, examples, Cosines.unit(features), labels, way));
    }

    @Override
    public Params kept(Params memory, long[] classes) {
        return Prototypes.EUCLIDEAN.kept(memory, classes);
    }
}
