package org.deutero.methods.recurrent;

import java.util.EnumSet;
import java.util.List;
import org.deutero.learn.Predictor;
import org.deutero.methods.Method;
import org.deutero.methods.Method.Form;
import org.deutero.methods.Method.Sections;
import org.deutero.methods.Spectrum;
import org.deutero.methods.plastic.BiasedCell;
import org.deutero.methods.plastic.ModulatedCell;
import org.deutero.methods.plastic.PlasticityModulation;
import org.deutero.methods.plastic.RecurrentCell;
import org.deutero.methods.recurrent.Experience.Part;
import org.deutero.options.Options;
import org.deutero.tasks.kind.TaskKind;
import org.deutero.tasks.world.WorldShape;
import org.deutero.tasks.world.Worlds;

/** Plastic policies as recipes name them. */
public final class PlasticPolicyMethods {
    /** Backpropamine in worlds. */
    public static final Method PLASTIC_POLICY = new Method(
            "plastic-policy",
            "Backpropamine: plastic policies that rule their own plasticity",
            Spectrum.PLASTICITY,
            "Miconi, Rawal, Clune, Stanley 2019, arXiv 2002.10585",
            "weights of a recurrent policy, and how plastic each of them is; a signal of its own says when they change",
            "a2c",
            List.of(new Form<>(TaskKind.WORLDS, PlasticPolicyMethods::policy)));

    private static final int MOST = 100_000;

    private PlasticPolicyMethods() {}

    private static Predictor<Worlds> policy(Sections s, WorldShape world) {
        return RecurrentMethods.agent(
                s,
                world,
                EnumSet.of(Part.OBSERVATION, Part.ACTION, Part.REWARD),
                inputs -> cell(s.method(), inputs),
                false);
    }

    private static RecurrentCell cell(Options o, int inputs) {
        PlasticityModulation plasticity = o.choice(
                "plasticity", PlasticityModulation.SIMPLE, "what changes connections, and what rules these changes");
        boolean rated =
                plasticity == PlasticityModulation.UNMODULATED || plasticity == PlasticityModulation.RETROACTIVE;
        return new BiasedCell(new ModulatedCell(
                inputs + 1,
                o.integer("units", 200, 1, MOST, "units of the network"),
                plasticity,
                bound(o, plasticity),
                o.positive("deviation", 0.01, "largest weight and plasticity at the start, where none is negative"),
                rated ? o.positive("rate", 0.1, "eta of traces, or of eligibilities, at the start") : 0));
    }

    private static double bound(Options o, PlasticityModulation plasticity) {
        return switch (plasticity) {
            case NONE, UNMODULATED -> 1;
            case SIMPLE, RETROACTIVE -> o.positive("bound", 1, "largest trace");
            case FAN -> o.positive("bound", 2, "largest trace");
        };
    }
}
