package org.deutero.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * An immutable, ordered tree of named tensors: parameters, gradients, optimiser slots, fast states.
 *
 * <p>Names are paths with dots, {@code encoder.conv0.weight}; {@link #child} and {@link #under} move down and up the tree. Binary operations demand equal names in any order and keep the order of the left operand.
 */
public final class Params implements AutoCloseable {
    /** The tree without tensors. */
    public static final Params EMPTY = new Params(Map.of());

    private final Map<String, Tensor> tensors;

    private Params(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** A tree of these tensors, in this order. */
    public static Params of(Map<String, Tensor> tensors) {
        return new Params(Collections.unmodifiableMap(new LinkedHashMap<>(tensors)));
    }

    /** A tree of one tensor. */
    public static Params of(String name, Tensor tensor) {
        return of(Map.of(name, tensor));
    }

    /** Starts a tree. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects tensors in order. */
    public static final class Builder {
        private final Map<String, Tensor> tensors = new LinkedHashMap<>();

        private Builder() {}

        /** Adds a tensor. @throws IllegalArgumentException if the name is taken */
        public Builder put(String name, Tensor tensor) {
            if (tensors.putIfAbsent(name, tensor) != null) {
                throw new IllegalArgumentException("two tensors are named " + name);
            }
            return this;
        }

        /** Adds a tree under a prefix; an empty prefix adds it as it is. */
        public Builder put(String prefix, Params params) {
            params.under(prefix).forEach(this::put);
            return this;
        }

        /** The tree. */
        public Params build() {
            return of(tensors);
        }
    }

    // ---- looking
    // -------------------------------------------------------------------------------------------------------------

    /** The tensor of this name. @throws IllegalArgumentException if there is none */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor is named " + name + "; there are " + tensors.keySet());
        }
        return tensor;
    }

    /** Whether there is a tensor of this name. */
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    /** Names in order. */
    public Set<String> names() {
        return tensors.keySet();
    }

    /** Tensors in order. */
    public List<Tensor> values() {
        return List.copyOf(tensors.values());
    }

    /** The number of tensors. */
    public int size() {
        return tensors.size();
    }

    /** Whether there are no tensors. */
    public boolean isEmpty() {
        return tensors.isEmpty();
    }

    /** The number of elements in all tensors. */
    public long numel() {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    /** Visits names and tensors in order. */
    public void forEach(BiConsumer<String, Tensor> visitor) {
        tensors.forEach(visitor);
    }

    // ---- the tree
    // ------------------------------------------------------------------------------------------------------------

    /** The sub-tree below a prefix, with the prefix and its dot removed from names; empty if nothing is there. */
    public Params child(String prefix) {
        String start = prefix + ".";
        Map<String, Tensor> result = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (name.startsWith(start)) {
                result.put(name.substring(start.length()), tensor);
            }
        });
        return new Params(result);
    }

    /** This tree below a prefix: every name gains the prefix and a dot. */
    public Params under(String prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        Map<String, Tensor> result = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> result.put(prefix + "." + name, tensor));
        return new Params(result);
    }

    /** The tensors whose names satisfy a condition. */
    public Params filter(Predicate<String> condition) {
        Map<String, Tensor> result = new LinkedHashMap<>(tensors);
        result.keySet().removeIf(condition.negate());
        return new Params(result);
    }

    /** This tree with the tensors of another added, or replaced where names are equal. */
    public Params with(Params other) {
        Map<String, Tensor> result = new LinkedHashMap<>(tensors);
        result.putAll(other.tensors);
        return new Params(result);
    }

    // ---- arithmetic
    // ----------------------------------------------------------------------------------------------------------

    /** Applies an operation to every tensor. */
    public Params map(UnaryOperator<Tensor> operation) {
        Map<String, Tensor> result = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> result.put(name, operation.apply(tensor)));
        return new Params(result);
    }

    /** Applies an operation to tensors of the same name. @throws IllegalArgumentException if the names differ */
    public Params zip(Params other, BinaryOperator<Tensor> operation) {
        if (!tensors.keySet().equals(other.tensors.keySet())) {
            throw new IllegalArgumentException("trees have different names: " + names() + " and " + other.names());
        }
        Map<String, Tensor> result = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> result.put(name, operation.apply(tensor, other.tensors.get(name))));
        return new Params(result);
    }

    /** Sum. */
    public Params add(Params other) {
        return zip(other, Tensor::add);
    }

    /** Difference. */
    public Params sub(Params other) {
        return zip(other, Tensor::sub);
    }

    /** Product with a number. */
    public Params mul(double factor) {
        return map(t -> t.mul(factor));
    }

    /** This plus {@code scale} times the other. */
    public Params addScaled(Params other, double scale) {
        return zip(other, (a, b) -> a.addScaled(b, scale));
    }

    /** Inner product over all elements, shape []. */
    public Tensor dot(Params other) {
        return zip(other, (a, b) -> a.mul(b).sum()).total();
    }

    /** Inner product for each task, shape [tasks]; every tensor leads with the task dimension. */
    public Tensor dotPerTask(Params other) {
        return zip(other, (a, b) -> a.mul(b).reshape(a.size(0), -1).sum(1)).total();
    }

    /** Every task's part times a number of its own, factors [tasks]. */
    public Params mulPerTask(Tensor factors) {
        return map(t -> {
            long[] shape = new long[t.rank()];
            Arrays.fill(shape, 1);
            shape[0] = factors.size(0);
            return t.mul(factors.reshape(shape));
        });
    }

    /** Euclidean norm over all elements; 0 if there are none. */
    public double norm() {
        if (isEmpty()) {
            return 0;
        }
        try (Scope s = Scope.open()) {
            return Math.sqrt(detach().map(t -> t.to(DType.FLOAT64).square().sum())
                    .total()
                    .item());
        }
    }

    private Tensor total() {
        return tensors.values().stream()
                .reduce(Tensor::add)
                .orElseThrow(() -> new IllegalStateException("the tree is empty"));
    }

    // ---- tasks
    // ---------------------------------------------------------------------------------------------------------------

    /** A leading task dimension on every tensor: [d...] becomes [tasks, d...], without copying. */
    public Params expand(int tasks) {
        return map(t -> {
            long[] shape = new long[t.rank() + 1];
            shape[0] = tasks;
            for (int i = 1; i < shape.length; i++) {
                shape[i] = -1;
            }
            return t.expand(shape);
        });
    }

    /** Everything so many times over along the leading dimension: [n, d...] becomes [times * n, d...]. */
    public Params tile(int times) {
        return times == 1 ? this : map(t -> t.tile(times));
    }

    /** Each element of the leading dimension so many times in a row: [n, d...] becomes [n * times, d...]. */
    public Params repeatEach(int times) {
        return times == 1 ? this : map(t -> t.repeatEach(times));
    }

    /** The slice of one task: [tasks, d...] becomes [d...]. */
    public Params task(int index) {
        return map(t -> t.select(0, index));
    }

    // ---- vectors
    // -------------------------------------------------------------------------------------------------------------

    /** All elements in one vector [numel]. */
    public Tensor flatten() {
        return Tensors.cat(values().stream().map(t -> t.reshape(-1)).toList(), 0);
    }

    /** All elements of each task in one vector: [tasks, numel / tasks]. */
    public Tensor flattenPerTask() {
        return Tensors.cat(values().stream().map(t -> t.reshape(t.size(0), -1)).toList(), 1);
    }

    /** A tree like this one with the elements of a vector [..., numel]; leading dimensions stay in front. */
    public Params unflatten(Tensor vector) {
        int last = vector.rank() - 1;
        if (vector.size(last) != numel()) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.size(last) + " elements does not fill a tree of " + numel());
        }
        long[] lead = new long[last];
        for (int i = 0; i < last; i++) {
            lead[i] = vector.size(i);
        }
        long[] offset = {0};
        return map(t -> {
            long[] tail = t.shape();
            long[] shape = new long[lead.length + tail.length];
            System.arraycopy(lead, 0, shape, 0, lead.length);
            System.arraycopy(tail, 0, shape, lead.length, tail.length);
            long from = offset[0];
            offset[0] += t.numel();
            return vector.slice(last, from, offset[0]).reshape(shape);
        });
    }

    // ---- autograd and storage
    // ------------------------------------------------------------------------------------------------

    /** The same values, cut off from the graph. */
    public Params detach() {
        return map(Tensor::detach);
    }

    /** The same values, cut off from the graph but not from forward-mode tangents. */
    public Params constant() {
        return map(Tensor::constant);
    }

    /** Leaves with the same values. */
    public Params leaf() {
        return map(Tensor::leaf);
    }

    /** Copies with storage of their own. */
    public Params copy() {
        return map(Tensor::copy);
    }

    /** Zeros of the same shapes. */
    public Params zerosLike() {
        return map(Tensors::zerosLike);
    }

    /** The same values in another element type. */
    public Params to(DType dtype) {
        return map(t -> t.to(dtype));
    }

    /** The same values on another device. */
    public Params to(Device device) {
        return map(t -> t.to(device));
    }

    /** Whether every element is a finite number. */
    public boolean allFinite() {
        return tensors.values().stream().allMatch(Tensor::allFinite);
    }

    /** Names of the tensors that hold a NaN or an infinity. */
    public List<String> nonFinite() {
        List<String> names = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            if (!tensor.allFinite()) {
                names.add(name);
            }
        });
        return names;
    }

    /** Releases tensors that the caller owns (see {@link Scope#keep(Params)}). */
    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
    }

    @Override
    public String toString() {
        return tensors.toString();
    }
}
