package org.deutero.methods.builtin;

import java.util.List;
import org.deutero.methods.Method;
import org.deutero.methods.MethodProvider;
import org.deutero.methods.arms.ArmMethods;
import org.deutero.methods.augmentation.AugmentationMethods;
import org.deutero.methods.blur.BlurMethods;
import org.deutero.methods.cavia.CaviaMethods;
import org.deutero.methods.disco.DiscoMethods;
import org.deutero.methods.hebbian.HebbianMethods;
import org.deutero.methods.hyper.HypernetworkMethods;
import org.deutero.methods.imaml.ImplicitMamlMethods;
import org.deutero.methods.incontext.InContextMethods;
import org.deutero.methods.leo.LeoMethods;
import org.deutero.methods.lpg.LpgMethods;
import org.deutero.methods.maml.MamlMethods;
import org.deutero.methods.mann.MannMethods;
import org.deutero.methods.memorization.MrMamlMethods;
import org.deutero.methods.metagenrl.MetaGenRlMethods;
import org.deutero.methods.metanet.MetaNetMethods;
import org.deutero.methods.metric.MetricMethods;
import org.deutero.methods.modulation.ModulationMethods;
import org.deutero.methods.neuralprocess.NeuralProcessMethods;
import org.deutero.methods.neuronml.NeuronMlMethods;
import org.deutero.methods.online.OnlineMethods;
import org.deutero.methods.optimizer.OptimizerMethods;
import org.deutero.methods.plastic.PlasticMethods;
import org.deutero.methods.pretrained.PretrainedMethods;
import org.deutero.methods.protomaml.ProtoMamlMethods;
import org.deutero.methods.rates.RateMethods;
import org.deutero.methods.recurrent.PlasticPolicyMethods;
import org.deutero.methods.recurrent.RecurrentMethods;
import org.deutero.methods.reference.ReferenceMethods;
import org.deutero.methods.remember.RememberMethods;
import org.deutero.methods.reptile.ReptileMethods;
import org.deutero.methods.ridge.RidgeMethods;
import org.deutero.methods.scratch.ScratchMethods;
import org.deutero.methods.snail.SnailMethods;
import org.deutero.methods.spiking.SpikingMethods;
import org.deutero.methods.symla.SymlaMethods;
import org.deutero.methods.synapse.SynapseMethods;
import org.deutero.methods.vsml.VsmlMethods;
import org.deutero.methods.warpgrad.WarpGradMethods;
import org.deutero.methods.weighting.WeightingMethods;

/** The systems of this module. */
public final class BuiltInMethods implements MethodProvider {
    private static final List<Method> ALL = List.of(
            MamlMethods.MAML,
            MamlMethods.FOMAML,
            MamlMethods.ANIL,
            MamlMethods.BOIL,
            MamlMethods.META_SGD,
            MamlMethods.MAML_PLUS_PLUS,
            MrMamlMethods.MR_MAML,
            ImplicitMamlMethods.IMAML,
            CaviaMethods.CAVIA,
            NeuronMlMethods.NEURONML,
            ReptileMethods.REPTILE,
            WarpGradMethods.LEAP,
            WarpGradMethods.WARPGRAD,
            SynapseMethods.COMPLEX_SYNAPSE,
            SynapseMethods.LEARNED_DECAY,
            ModulationMethods.GAIN_MODULATION,
            SpikingMethods.SPIKING_SYNAPSE,
            MetricMethods.PROTONET,
            MetricMethods.MATCHING,
            MetricMethods.RELATION,
            MetricMethods.R2D2,
            ProtoMamlMethods.PROTO_MAML,
            LeoMethods.LEO,
            PretrainedMethods.BASELINE,
            PretrainedMethods.BASELINE_PLUS_PLUS,
            NeuralProcessMethods.CNP,
            NeuralProcessMethods.MR_CNP,
            NeuralProcessMethods.NP,
            NeuralProcessMethods.ANP,
            SnailMethods.SNAIL,
            HypernetworkMethods.HYPERNETWORK,
            HypernetworkMethods.CNAPS,
            BlurMethods.BLUR,
            VsmlMethods.VSML,
            VsmlMethods.CLONING,
            SymlaMethods.SYMLA,
            DiscoMethods.DISCO,
            LpgMethods.LPG,
            MetaGenRlMethods.METAGENRL,
            PlasticMethods.PLASTIC_RECURRENT,
            PlasticPolicyMethods.PLASTIC_POLICY,
            PlasticMethods.PLASTIC_READOUT,
            PlasticMethods.FAST_WEIGHTS,
            PlasticMethods.FAST_WEIGHT_PROGRAMMER,
            HebbianMethods.HEBBIAN,
            RecurrentMethods.RL2,
            RecurrentMethods.META_RNN,
            RecurrentMethods.POLICY,
            RememberMethods.REMEMBER,
            MannMethods.MANN,
            MannMethods.LSTM_MEMORY,
            InContextMethods.GPICL,
            MetaNetMethods.METANET,
            RateMethods.LEARNED_RATES,
            OptimizerMethods.LEARNED_SCHEDULE,
            OptimizerMethods.L2L,
            OptimizerMethods.MLP_OPTIMIZER,
            OptimizerMethods.ADAFACTOR_MLP,
            WeightingMethods.META_WEIGHT_NET,
            WeightingMethods.FAMUS,
            WeightingMethods.L2R,
            AugmentationMethods.LEARNED_ROTATION,
            AugmentationMethods.FEATURE_TRANSFORMATION,
            MamlMethods.JOINT,
            ScratchMethods.FROM_SCRATCH,
            RidgeMethods.ONLINE_RIDGE,
            OnlineMethods.NEIGHBOUR,
            OnlineMethods.TRAINING,
            WeightingMethods.PLAIN_TRAINING,
            ReferenceMethods.RANDOM,
            ReferenceMethods.VALUE_ITERATION,
            ArmMethods.GREEDY,
            ArmMethods.EPSILON_GREEDY,
            ArmMethods.UCB1,
            ArmMethods.GITTINS,
            ArmMethods.THOMPSON_SAMPLING,
            LpgMethods.ACTOR_CRITIC,
            MetaGenRlMethods.TD3,
            MetricMethods.NEAREST_CENTROID,
            MetricMethods.SIMPLESHOT);

    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<Method> methods() {
        return ALL;
    }
}
