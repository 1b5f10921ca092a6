package org.deutero.tasks.builtin;

import java.util.List;
import org.deutero.tasks.arcade.CatchSettings;
import org.deutero.tasks.bandit.ArmSettings;
import org.deutero.tasks.bandit.ContinuousBanditSettings;
import org.deutero.tasks.chain.ChainSettings;
import org.deutero.tasks.control.Aim;
import org.deutero.tasks.control.ControlSettings;
import org.deutero.tasks.control.MountainCar.Throttle;
import org.deutero.tasks.cue.CueSettings;
import org.deutero.tasks.drawings.DrawingSettings;
import org.deutero.tasks.function.FunctionSettings;
import org.deutero.tasks.grid.GridSettings;
import org.deutero.tasks.locomotion.LocomotionSettings;
import org.deutero.tasks.mdp.MdpSettings;
import org.deutero.tasks.memory.RecallSettings;
import org.deutero.tasks.mixture.MixtureSettings;
import org.deutero.tasks.pictures.AlphabetSettings;
import org.deutero.tasks.pictures.CompletionSettings;
import org.deutero.tasks.pictures.CrossDomainSettings;
import org.deutero.tasks.pictures.ImageSettings;
import org.deutero.tasks.pictures.ImageSource;
import org.deutero.tasks.pictures.NoisySettings;
import org.deutero.tasks.pictures.ProjectedSettings;
import org.deutero.tasks.pictures.StreamSettings;
import org.deutero.tasks.pictures.SupervisedSettings;
import org.deutero.tasks.pose.PoseSettings;
import org.deutero.tasks.room.RoomSettings;
import org.deutero.tasks.source.NamedSource;
import org.deutero.tasks.source.SequenceSettings;
import org.deutero.tasks.source.TaskSourceProvider;
import org.deutero.tasks.synthetic.CurveSettings;
import org.deutero.tasks.synthetic.GaussianProcessSettings;
import org.deutero.tasks.synthetic.GaussianSettings;
import org.deutero.tasks.synthetic.NonExclusiveSettings;
import org.deutero.tasks.synthetic.PairSettings;
import org.deutero.tasks.synthetic.PlaneSettings;
import org.deutero.tasks.synthetic.PrototypeSequenceSettings;
import org.deutero.tasks.synthetic.PrototypeSettings;
import org.deutero.tasks.table.TableSettings;
import org.deutero.tasks.training.QuadraticSettings;

/** The sources of this module. */
public final class BuiltInSources implements TaskSourceProvider {
    @Override
    public int order() {
        return 0;
    }

    @Override
    public List<NamedSource> sources() {
        return List.of(
                new NamedSource("omniglot", o -> ImageSettings.of(o, ImageSource.OMNIGLOT)),
                new NamedSource("omniglot-alphabets", AlphabetSettings::of),
                new NamedSource("mini-imagenet", o -> ImageSettings.of(o, ImageSource.MINI_IMAGENET)),
                new NamedSource("fashion-mnist", o -> SupervisedSettings.orFewShot(o, ImageSource.FASHION_MNIST)),
                new NamedSource("mnist", o -> SupervisedSettings.orFewShot(o, ImageSource.MNIST)),
                new NamedSource("cifar-10", NoisySettings::cifar),
                new NamedSource("images", o -> SupervisedSettings.orFewShot(o, ImageSource.IMAGES)),
                new NamedSource("drawings", DrawingSettings::of),
                new NamedSource("cross-domain", CrossDomainSettings::of),
                new NamedSource("image-stream", StreamSettings::of),
                new NamedSource("projected-images", ProjectedSettings::of),
                new NamedSource("plane", PlaneSettings::of),
                new NamedSource("gaussians", GaussianSettings::of),
                new NamedSource("noisy-prototypes", o -> SequenceSettings.of(PrototypeSettings.of(o))),
                new NamedSource("prototype-sequences", PrototypeSequenceSettings::of),
                new NamedSource("function-sequences", FunctionSettings::of),
                new NamedSource("bernoulli-bandit", ArmSettings::bernoulli),
                new NamedSource("gaussian-bandit", ArmSettings::gaussian),
                new NamedSource("linear-bandit", ArmSettings::linear),
                new NamedSource("dependent-bandit", ArmSettings::dependent),
                new NamedSource("informative-bandit", ArmSettings::informative),
                new NamedSource("continuous-bandit", ContinuousBanditSettings::of),
                new NamedSource("normal-pairs", PairSettings::of),
                new NamedSource("symbol-pairs", RecallSettings::symbols),
                new NamedSource("binary-pairs", RecallSettings::pairs),
                new NamedSource("binary-patterns", RecallSettings::patterns),
                new NamedSource("cart-pole", ControlSettings::cartPole),
                new NamedSource("pendulum", ControlSettings::pendulum),
                new NamedSource("mountain-car", o -> ControlSettings.mountainCar(o, Throttle.CHOICE)),
                new NamedSource("mountain-car-continuous", o -> ControlSettings.mountainCar(o, Throttle.FORCE)),
                new NamedSource("acrobot", ControlSettings::acrobot),
                new NamedSource("random-mdp", MdpSettings::random),
                new NamedSource("catch", CatchSettings::of),
                new NamedSource("dark-room", RoomSettings::darkRoom),
                new NamedSource("key-to-door", RoomSettings::keyToDoor),
                new NamedSource("point-navigation", ControlSettings::pointNavigation),
                new NamedSource("point-velocity", o -> ControlSettings.pointMass(o, Aim.VELOCITY)),
                new NamedSource("point-direction", o -> ControlSettings.pointMass(o, Aim.DIRECTION)),
                new NamedSource("cue-reward", CueSettings::of),
                new NamedSource("grid-world", GridSettings::of),
                new NamedSource("delayed-chain", ChainSettings::of),
                new NamedSource("world-mixture", MixtureSettings::of),
                new NamedSource("cheetah-velocity", o -> LocomotionSettings.cheetah(o, Aim.VELOCITY)),
                new NamedSource("cheetah-direction", o -> LocomotionSettings.cheetah(o, Aim.DIRECTION)),
                new NamedSource("cheetah-forward", o -> LocomotionSettings.cheetah(o, Aim.FORWARD)),
                new NamedSource("quadratics", QuadraticSettings::of),
                new NamedSource("sinusoid", o -> CurveSettings.of(o, false)),
                new NamedSource("harmonic", o -> CurveSettings.of(o, true)),
                new NamedSource("identified-sinusoid", NonExclusiveSettings::identified),
                new NamedSource("interval-sinusoid", NonExclusiveSettings::intervals),
                new NamedSource("pose", PoseSettings::of),
                new NamedSource("table", TableSettings::of),
                new NamedSource("gaussian-process", GaussianProcessSettings::of),
                new NamedSource("image-completion", CompletionSettings::of));
    }
}
