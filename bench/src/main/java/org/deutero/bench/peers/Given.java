package org.deutero.bench.peers;

import java.nio.file.Path;
import java.util.List;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.tasks.Episodes;
import org.deutero.tensor.Params;
import org.deutero.tensor.io.Safetensors;

/**
 * What a file says is to be done, which all sides read: a recipe and the numbers to start from.
 *
 * @param experiment what the recipe says
 * @param tensors meta-parameters under {@code theta}, and batches of tasks {@code supportX}, {@code supportY}, {@code queryX}, {@code queryY} [batches, tasks, n, ...]; they live in
 *     the scope that the file was read in
 * @param kind what is done with them
 * @param way classes of a task, 0 for regression
 */
record Given(Experiment experiment, Params tensors, String kind, int way) {
    static Given read(Path file) {
        Safetensors read = Safetensors.read(file);
        List<String> overrides = read.metadata().get("overrides").lines().toList();
        Experiment experiment = Experiment.of(RecipeFile.load(read.metadata().get("recipe"), overrides));
        int way = Integer.parseInt(read.metadata().getOrDefault("way", "0"));
        return new Given(experiment, read.tensors(), read.metadata().get("kind"), way);
    }

    /** The meta-parameters. */
    Params theta() {
        return tensors.child("theta");
    }

    /** How many batches there are. */
    int batches() {
        return Math.toIntExact(tensors.get("supportX").size(0));
    }

    /** A batch of tasks. */
    Episodes batch(int i) {
        return new Episodes(
                tensors.get("supportX").select(0, i),
                tensors.get("supportY").select(0, i),
                tensors.get("queryX").select(0, i),
                tensors.get("queryY").select(0, i),
                way);
    }
}
