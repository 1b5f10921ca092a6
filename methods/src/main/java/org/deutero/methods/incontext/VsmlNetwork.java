package org.deutero.methods.incontext;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.deutero.methods.vsml.InitialState;
import org.deutero.methods.vsml.MessageNetwork;
import org.deutero.methods.vsml.Readout;
import org.deutero.methods.vsml.SynapseCell;
import org.deutero.methods.vsml.VsmlRule;
import org.deutero.tensor.DType;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.tensor.nn.CausalNetwork;

/**
 * One layer of synapses that share an LSTM (VSML; Kirsch, Schmidhuber 2021) as a causal network: what a token shows goes forward from the input units, and what it tells goes back into the output units, with the error of the last output. Its state has so many numbers for each pair of an input and an
 * output, and its weights fit any number of both.
 *
 * <p>Parameters: those of the rule. State: that of {@link MessageNetwork}, {@code output} [tasks, 1, outputs], the last one, and {@code begun} [tasks, 1, 1], 0 before there was any.
 *
 * @param rule of the synapses
 * @param readout how messages become outputs
 * @param shown numbers of a token that are shown, in front
 * @param outputs numbers that are told, and put out
 * @param classes whether what is told is a class as a unit vector, and outputs are logits
 */
public record VsmlNetwork(VsmlRule rule, Readout readout, int shown, int outputs, boolean classes)
        implements CausalNetwork {
    private static final String OUTPUT = "output";
    private static final String BEGUN = "begun";

    @Override
    public int inputs() {
        return shown + outputs;
    }

    @Override
    public Params init(RandomGenerator rng, DType dtype) {
        return rule.init(rng, dtype);
    }

    @Override
    public Params start(Params params, int tasks) {
        Tensor bias = params.get("lstm.bias");
        // Nothing is random, so no generator is asked.
        Params synapses = MessageNetwork.start(
                rule, InitialState.ZERO, List.of(shown, outputs), new SplittableRandom(0), bias.dtype(), tasks);
        return synapses.with(Params.of(OUTPUT, Tensors.zeros(bias.dtype(), tasks, 1, outputs)))
                .with(Params.of(BEGUN, Tensors.zeros(bias.dtype(), tasks, 1, 1)))
                .to(bias.device());
    }

    @Override
    public Run step(Params params, Params state, Tensor x) {
        boolean own = params.get("lstm.bias").rank() == 2;
        Params ofTasks = own ? params : params.expand((int) x.size(0));
        Tensor told = x.slice(2, shown, (long) shown + outputs);
        Tensor last = state.get(OUTPUT);
        Tensor error = (classes ? last.softmax(2) : last)
                .sub(told)
                .mul(state.get(BEGUN))
                .mul(readout.errorScale());
        MessageNetwork.Pass pass = new MessageNetwork(new SynapseCell(rule, ofTasks), 1)
                .forward(state, x.slice(2, 0, shown), Tensors.cat(List.of(error, told), 1), null);
        Tensor output = readout.of(pass.output());
        Params after =
                pass.state().with(Params.of(OUTPUT, output)).with(Params.of(BEGUN, Tensors.onesLike(state.get(BEGUN))));
        return new Run(output, after);
    }

    @Override
    public int longest() {
        return Integer.MAX_VALUE;
    }

    @Override
    public long carried(int moments) {
        return 2L * rule.state() * shown * outputs + outputs;
    }
}
