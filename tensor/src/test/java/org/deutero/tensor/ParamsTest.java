package org.deutero.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.deutero.tensor.Near.vector;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InScope.class)
class ParamsTest {
    private static Params tree() {
        return Params.builder()
                .put("body.weight", Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3))
                .put("body.bias", vector(7, 8))
                .put("bodyguard", vector(9))
                .put("scalar", Tensor.of(new double[] {10}))
                .build();
    }

    @Test
    void orderIsThatOfInsertion() {
        assertThat(tree().names()).containsExactly("body.weight", "body.bias", "bodyguard", "scalar");
        assertThat(tree().size()).isEqualTo(4);
        assertThat(tree().numel()).isEqualTo(10);
        assertThat(Params.EMPTY.isEmpty()).isTrue();
    }

    @Test
    void treesDoNotChangeWithTheMapTheyCameFrom() {
        Map<String, Tensor> map = new java.util.HashMap<>(Map.of("a", vector(1)));
        Params params = Params.of(map);
        map.clear();
        assertThat(params.has("a")).isTrue();
    }

    @Test
    void missingAndDoubleNamesAreErrors() {
        assertThatThrownBy(() -> tree().get("head"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no tensor is named head")
                .hasMessageContaining("body.weight");
        assertThatThrownBy(() -> Params.builder().put("a", vector(1)).put("a", vector(2)))
                .hasMessage("two tensors are named a");
    }

    @Test
    void childTakesWholeNameParts() {
        Params child = tree().child("body");
        assertThat(child.names()).containsExactly("weight", "bias");
        assertThat(child.get("bias").doubles()).containsExactly(7, 8);
        assertThat(tree().child("bod").isEmpty()).isTrue();
        assertThat(tree().child("scalar").isEmpty()).isTrue();
    }

    @Test
    void underIsTheInverseOfChild() {
        Params below = tree().under("a.b");
        assertThat(below.names()).first().isEqualTo("a.b.body.weight");
        assertThat(below.child("a").child("b").names()).isEqualTo(tree().names());
        assertThat(tree().under("").names()).isEqualTo(tree().names());
        assertThat(Params.builder().put("x", tree()).build().names())
                .isEqualTo(tree().under("x").names());
    }

    @Test
    void filterKeepsOrder() {
        assertThat(tree().filter(n -> n.contains("b") && !n.endsWith("weight")).names())
                .containsExactly("body.bias", "bodyguard");
    }

    @Test
    void withReplacesInPlaceAndAddsAtTheEnd() {
        Params other = Params.builder()
                .put("new", vector(1))
                .put("body.bias", vector(0, 0))
                .build();
        Params both = tree().with(other);
        assertThat(both.names()).containsExactly("body.weight", "body.bias", "bodyguard", "scalar", "new");
        assertThat(both.get("body.bias").doubles()).containsExactly(0, 0);
    }

    @Test
    void mapTouchesEveryTensor() {
        assertThat(tree().map(Tensor::neg).flatten().doubles())
                .containsExactly(-1, -2, -3, -4, -5, -6, -7, -8, -9, -10);
    }

    @Test
    void zipMatchesByNameNotByOrder() {
        Params a = Params.builder().put("x", vector(1)).put("y", vector(2)).build();
        Params b = Params.builder().put("y", vector(10)).put("x", vector(30)).build();
        assertThat(a.sub(b).names()).containsExactly("x", "y");
        assertThat(a.sub(b).flatten().doubles()).containsExactly(-29, -8);
        assertThat(a.addScaled(b, 0.5).flatten().doubles()).containsExactly(16, 7);
        assertThat(a.add(b).mul(2).flatten().doubles()).containsExactly(62, 24);
        assertThat(a.dot(b).item()).isEqualTo(50);
    }

    @Test
    void differentNamesAreAnErrorThatListsBoth() {
        Params a = Params.of("x", vector(1));
        Params b = Params.builder().put("x", vector(1)).put("y", vector(2)).build();
        assertThatThrownBy(() -> a.add(b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trees have different names: [x] and [x, y]");
        assertThatThrownBy(() -> b.add(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trees have different names: [x, y] and [x]");
        assertThatThrownBy(() -> a.add(Params.EMPTY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("trees have different names: [x] and []");
    }

    @Test
    void innerProductOfEachTask() {
        Params a = Params.builder()
                .put("v", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2))
                .put("s", vector(5, 6))
                .build();
        assertThat(a.filter("v"::equals).dotPerTask(a.filter("v"::equals)).doubles())
                .containsExactly(5, 25);
        Params wide = a.map(t -> t.reshape(2, -1));
        assertThat(wide.dotPerTask(wide.mul(2)).doubles()).containsExactly(2 * (5 + 25), 2 * (25 + 36));
    }

    /** A parameter that is one number a task, [tasks], belongs to the product like any other. */
    @Test
    void innerProductOfEachTaskWithScalarParameters() {
        Params a = Params.builder()
                .put("v", Tensor.of(new double[] {1, 2, 3, 4}, 2, 2))
                .put("s", vector(5, 6))
                .build();
        assertThat(a.dotPerTask(a).doubles()).containsExactly(30, 61);
    }

    @Test
    void normIsEuclideanOverAllAndInDoublePrecision() {
        assertThat(tree().norm()).isCloseTo(Math.sqrt(385), within(1e-13));
        Params large = Params.of("x", Tensor.of(new float[] {3e30f, 4e30f}, 2));
        assertThat(large.norm()).isCloseTo(5e30, within(1e24));
    }

    @Test
    void nonFiniteNames() {
        Params bad = tree().with(Params.of("scalar", Tensor.of(new double[] {Double.NaN})))
                .with(Params.of("body.bias", vector(1, Double.NEGATIVE_INFINITY)));
        assertThat(bad.nonFinite()).containsExactly("body.bias", "scalar");
        assertThat(bad.allFinite()).isFalse();
        assertThat(tree().allFinite()).isTrue();
    }

    @Test
    void expandAndTaskAreInverse() {
        Params expanded = tree().expand(3);
        assertThat(expanded.get("body.weight").shape()).containsExactly(3, 2, 3);
        assertThat(expanded.get("scalar").shape()).containsExactly(3);
        Near.assertNear(expanded.task(2), tree(), 0);
    }

    @Test
    void vectorsAndBack() {
        Tensor vector = tree().flatten();
        assertThat(vector.doubles()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Near.assertNear(tree().unflatten(vector), tree(), 0);
    }

    @Test
    void vectorsOfEachTaskAndBack() {
        Params own = Near.normalLike(1, tree().expand(4));
        Tensor vectors = own.flattenPerTask();
        assertThat(vectors.shape()).containsExactly(4, 10);
        assertThat(vectors.select(0, 2).doubles())
                .containsExactly(own.task(2).flatten().doubles());
        Near.assertNear(tree().unflatten(vectors), own, 0);
    }

    @Test
    void vectorOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> tree().unflatten(vector(1, 2, 3)))
                .hasMessage("a vector of 3 elements does not fill a tree of 10");
    }

    @Test
    void leavesAndConstants() {
        Params leaf = tree().leaf();
        assertThat(leaf.values()).allMatch(Tensor::requiresGrad);
        assertThat(leaf.mul(2).detach().values()).noneMatch(Tensor::requiresGrad);
        assertThat(tree().zerosLike().norm()).isZero();
        assertThat(tree().to(DType.FLOAT32).get("scalar").dtype()).isEqualTo(DType.FLOAT32);
    }
}
