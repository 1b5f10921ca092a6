package org.deutero.methods.metagenrl;

import java.util.List;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Spectrum;
import org.deutero.tasks.kind.TaskKind;

/** MetaGenRL and TD3 as recipes name them. */
public final class MetaGenRlMethods {
    /** MetaGenRL. */
    public static final Method METAGENRL = new Method(
            "metagenrl",
            "Improving Generalization in Meta Reinforcement Learning using Learned Objectives (MetaGenRL)",
            Spectrum.OBJECTIVE,
            "Kirsch, van Steenkiste, Schmidhuber 2020, arXiv 1910.04098",
            "a neural objective that policies descend, by what critics say of them afterwards",
            "truncated-bptt",
            List.of(new Form<>(TaskKind.WORLDS, MetaGenRlOptions::metaGenRl)));

    /** TD3. */
    public static final Method TD3 = new Method(
            "td3",
            "Twin delayed deep deterministic policy gradients (TD3)",
            Spectrum.BASELINE,
            "Fujimoto, van Hoof, Meger 2018, arXiv 1802.09477",
            "nothing: deterministic policies follow the less of two critics, which learn from what is remembered",
            "unroll",
            List.of(new Form<>(TaskKind.WORLDS, MetaGenRlOptions::td3)));

    private MetaGenRlMethods() {}
}
