package org.deutero.methods.modulation;

import org.deutero.learn.Predictor;
import org.deutero.methods.FastNetwork;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.NetworkOptions;
import org.deutero.methods.SettlingOptions;
import org.deutero.methods.Spectrum;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.options.Options;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.TaskShape;
import org.deutero.tensor.DType;

/** Top-down modulation as recipes name it. */
public final class ModulationMethods {
    /** Gains and shifts. */
    public static final Method GAIN_MODULATION = new Method(
            "gain-modulation",
            "Contrastive meta-learning, top-down modulation",
            Spectrum.PLASTICITY,
            "Zucchet, Schug, von Oswald, Zhao, Sacramento 2022, arXiv 2104.01677",
            "the slow weights of a network whose gains, shifts and readout are found for each task",
            "contrastive",
            ModulationMethods::learner);

    private ModulationMethods() {}

    private static Predictor<Episodes> learner(Sections s, TaskShape shape) {
        Options o = s.method();
        SettlingOptions.Both settling = SettlingOptions.of(o, 0.01, 100);
        return new GainModulation(
                new FastNetwork(
                        NetworkOptions.classifier(s.network(), shape),
                        shape.objective(),
                        MamlMethods.Statistics.fromOptions(o)),
                o.number(
                        "pull",
                        0,
                        0,
                        1e6,
                        "strength of a pull towards the fast system's start, which is learned if there is one"),
                o.seed("start-seed", "seed of the readout that learning starts from without a pull"),
                settling.training(),
                settling.evaluation(),
                DType.FLOAT32);
    }
}
