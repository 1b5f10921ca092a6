package org.deutero.experiment.source;

import java.util.ArrayList;
import java.util.List;
import org.deutero.serve.TrainedLearner;
import org.deutero.tasks.images.ImageFormat;
import org.deutero.tasks.images.LabelledImages;
import org.deutero.tasks.images.SplitImages;
import org.deutero.tensor.DType;
import org.deutero.tensor.Scope;
import org.deutero.tensor.Tensors;

/**
 * What a frozen encoder makes of all images of a set, each feature brought to mean 0 and one deviation over the training classes; those that hardly change there keep a smaller one.
 *
 * @param classes the feature vectors of each class, one after another
 */
record Features(List<float[]> classes) {
    /** The smallest deviation that a feature is divided by, as a share of the root mean square of all. */
    private static final double LEAST = 0.1;

    static Features of(TrainedLearner learner, SplitImages data, double scale) {
        LabelledImages images = data.images();
        List<float[]> classes = new ArrayList<>();
        for (int c = 0; c < images.classes(); c++) {
            try (Scope s = Scope.open()) {
                classes.add(learner.embed(images.tensor(c)).floats());
            }
        }
        int width = classes.get(0).length / images.count(0);
        standardize(classes, data.split().train(), width, scale);
        return new Features(classes);
    }

    /** Numbers that the encoder makes of an image. */
    static int width(TrainedLearner learner, ImageFormat format) {
        try (Scope s = Scope.open()) {
            return (int)
                    learner.embed(Tensors.zeros(DType.FLOAT32, 1, format.channels(), format.height(), format.width()))
                            .size(1);
        }
    }

    private static void standardize(List<float[]> classes, List<Integer> train, int width, double scale) {
        double[] sum = new double[width];
        double[] squares = new double[width];
        long n = 0;
        for (int c : train) {
            float[] vectors = classes.get(c);
            for (int i = 0; i < vectors.length; i++) {
                sum[i % width] += vectors[i];
                squares[i % width] += (double) vectors[i] * vectors[i];
            }
            n += vectors.length / width;
        }
        double[] mean = new double[width];
        double[] deviation = new double[width];
        double all = 0;
        for (int f = 0; f < width; f++) {
            mean[f] = sum[f] / n;
            double variance = Math.max(0, squares[f] / n - mean[f] * mean[f]);
            deviation[f] = Math.sqrt(variance);
            all += variance / width;
        }
        // A feature that hardly ever changes must not become an outlier where it does.
        double least = Math.max(Double.MIN_NORMAL, LEAST * Math.sqrt(all));
        for (float[] vectors : classes) {
            for (int i = 0; i < vectors.length; i++) {
                int f = i % width;
                vectors[i] = (float) (scale * (vectors[i] - mean[f]) / Math.max(deviation[f], least));
            }
        }
    }

    List<float[]> of(List<Integer> chosen) {
        return chosen.stream().map(classes::get).toList();
    }
}
