package org.deutero.methods.ridge;

import java.util.ArrayList;
import java.util.List;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/** What a linear model sees of an input. */
public enum RidgeFeatures {
    /** 1: with little regularisation, the running mean of answers. */
    CONSTANT,
    /** The numbers of the input alone: functions that are 0 at 0. */
    INPUTS,
    /** 1 and the numbers of the input. */
    LINEAR,
    /** Besides, all products of two of them, squares included. */
    QUADRATIC;

    /** How many there are of inputs of so many numbers. */
    int number(int inputs) {
        return switch (this) {
            case CONSTANT -> 1;
            case INPUTS -> inputs;
            case LINEAR -> 1 + inputs;
            case QUADRATIC -> 1 + inputs + inputs * (inputs + 1) / 2;
        };
    }

    /** Of inputs [tasks, n, numbers]: [tasks, n, features]. */
    Tensor of(Tensor x) {
        if (this == INPUTS) {
            return x;
        }
        Tensor one = Tensors.ones(x.dtype(), x.size(0), x.size(1), 1).to(x.device());
        List<Tensor> all = new ArrayList<>(List.of(one));
        if (this != CONSTANT) {
            all.add(x);
        }
        if (this == QUADRATIC) {
            int inputs = (int) x.size(2);
            for (int i = 0; i < inputs; i++) {
                all.add(x.slice(2, i, inputs).mul(x.slice(2, i, i + 1)));
            }
        }
        return Tensors.cat(all, 2);
    }
}
