package org.deutero.tasks.images;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.Reference;
import org.deutero.tensor.Tensor;

/**
 * Copies the nearest pixel that is shown; of equally near ones the first.
 *
 * @param source of the pictures
 */
public record NearestPixel(Pixels source) implements Reference {
    @Override
    public String name() {
        return "nearest pixel";
    }

    @Override
    public Forecast forecast(int tasks, RandomGenerator rng) {
        Episodes drawn = source.sample(tasks, rng);
        Tensor queries = drawn.queryX();
        Tensor shown = drawn.supportX();
        // The largest of 2 q.s - |s|^2 is the nearest.
        Tensor nearness = queries.matmul(shown.transpose(1, 2))
                .mul(2)
                .sub(shown.square().sum(2).unsqueeze(1));
        Tensor nearest =
                nearness.argmax(2).unsqueeze(2).expand(-1, -1, drawn.supportY().size(2));
        return new Forecast(drawn, drawn.supportY().gather(1, nearest), Optional.empty());
    }
}
