package org.deutero.example;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.MethodProvider;
import org.deutero.methods.Spectrum;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.source.NamedSource;
import org.deutero.tasks.source.PictureInputs;
import org.deutero.tasks.source.TaskSet;
import org.deutero.tasks.source.TaskSettings;
import org.deutero.tasks.source.TaskSourceProvider;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.nn.Headless;
import org.deutero.tensor.nn.Mlp;

// guide: start
/** The learner of the guide, and tasks of random patterns, for recipes. */
public final class RidgePlugin implements MethodProvider, TaskSourceProvider {
    @Override
    public List<Method> methods() {
        return List.of(new Method(
                "ridge",
                "Ridge regression on learned features",
                Spectrum.METRIC,
                "Bertinetto et al. 2019, arXiv 1805.08136",
                "features in which ridge regression tells classes apart",
                "unroll",
                RidgePlugin::learner));
    }

    private static Predictor<Episodes> learner(Method.Sections recipe, TaskShape shape) {
        shape.requireClassification(recipe.method());
        int width = recipe.method().integer("width", 32, 1, 4096, "features that are learned");
        return new RidgeLearner(new Headless(Mlp.of(shape.features(), width, width)));
    }

    @Override
    public List<NamedSource> sources() {
        return List.of(new NamedSource("patterns", Patterns::of));
    }
    // guide: end

    /** Classes are random patterns of grey, items have noise. */
    private record Patterns(int side, int way, int shot, int queries, double noise)
            implements TaskSettings, TaskSource<Episodes> {
        static Patterns of(Options o) {
            return new Patterns(
                    o.integer("size", 8, 1, 64, "side of a pattern"),
                    o.integer("way", 3, 2, 100, "classes in a task"),
                    o.integer("shot", 1, 1, 100, "examples of each class to learn from"),
                    o.integer("queries", 5, 1, 100, "examples of each class to be judged on"),
                    o.number("noise", 0.2, 0, 10, "deviation of an item from its pattern"));
        }

        @Override
        public TaskShape shape() {
            return TaskShape.images(1, side, way);
        }

        @Override
        public int trainWay() {
            return way;
        }

        @Override
        public int supportSize() {
            return way * shot;
        }

        @Override
        public int convenientShard() {
            return 16;
        }

        @Override
        public Optional<PictureInputs> pictureInputs() {
            return Optional.of(new PictureInputs(ImageFormat.grey(side), false));
        }

        @Override
        public TaskSet load(LoadListener listener) {
            return new TaskSet(this, Optional.of(this), this, this, Optional.empty());
        }

        @Override
        public Episodes sample(int tasks, RandomGenerator rng) {
            int pixels = side * side;
            float[] support = new float[tasks * way * shot * pixels];
            float[] query = new float[tasks * way * queries * pixels];
            for (int c = 0; c < tasks * way; c++) {
                float[] pattern = new float[pixels];
                for (int i = 0; i < pixels; i++) {
                    pattern[i] = rng.nextFloat();
                }
                scatter(pattern, rng, support, c * shot * pixels, shot);
                scatter(pattern, rng, query, c * queries * pixels, queries);
            }
            return new Episodes(
                    Tensor.of(support, tasks, (long) way * shot, 1, side, side),
                    labels(tasks, shot),
                    Tensor.of(query, tasks, (long) way * queries, 1, side, side),
                    labels(tasks, queries),
                    way);
        }

        private void scatter(float[] pattern, RandomGenerator rng, float[] items, int from, int number) {
            for (int i = 0; i < number * pattern.length; i++) {
                items[from + i] = (float) (pattern[i % pattern.length] + noise * rng.nextGaussian());
            }
        }

        private Tensor labels(int tasks, int each) {
            long[] labels = new long[tasks * way * each];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = i / each % way;
            }
            return Tensor.of(labels, tasks, (long) way * each);
        }
    }
}
