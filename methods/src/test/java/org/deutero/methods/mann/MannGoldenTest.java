package org.deutero.methods.mann;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deutero.tensor.Autograd;
import org.deutero.tensor.Params;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;
import org.deutero.testkit.Golden;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The memory with least recently used access over a few steps: weights, contents, usage, what is read, and gradients. */
class MannGoldenTest {
    @TestFactory
    Stream<DynamicTest> files() {
        return Golden.tests(getClass(), List.of("mann_step"), golden -> {
            for (String variant : golden.list("variants")) {
                check(golden, variant);
            }
        });
    }

    private static boolean is(Golden golden, String variant, String setting, String value) {
        return golden.text("variant." + variant + "." + setting).equals(value);
    }

    private static void check(Golden golden, String variant) {
        boolean key = is(golden, variant, "written_value", "key");
        boolean strength = is(golden, variant, "key_strength", "true");
        boolean ties = is(golden, variant, "tie_start", "true");
        LeastRecentlyUsed memory = new LeastRecentlyUsed(
                golden.integer("slots"),
                golden.integer("width"),
                golden.integer("heads"),
                golden.number("variant." + variant + ".gamma"),
                is(golden, variant, "least_used", "ranked"));
        Params.Builder inputs = Params.builder()
                .put("key", golden.tensor("key"))
                .put("alpha", golden.tensor("alpha"))
                .put("init.memory", golden.tensor("init.memory"))
                .put("init.read_weight", golden.tensor((ties ? "ties." : "") + "init.read_weight"));
        if (!key) {
            inputs.put("add", golden.tensor("add"));
        }
        if (strength) {
            inputs.put("strength", golden.tensor("strength"));
        }
        Params in = inputs.build().leaf();
        Params state = Params.builder()
                .put(LeastRecentlyUsed.MEMORY, in.get("init.memory"))
                .put(LeastRecentlyUsed.READ_WEIGHTS, in.get("init.read_weight"))
                .put(LeastRecentlyUsed.USAGE, golden.tensor((ties ? "ties." : "") + "init.usage"))
                .build();
        List<LeastRecentlyUsed.Access> accesses = new ArrayList<>();
        for (int t = 0; t < golden.integer("steps"); t++) {
            Tensor k = in.get("key").select(0, t);
            LeastRecentlyUsed.Access access = memory.access(
                    state,
                    new LeastRecentlyUsed.Request(
                            k,
                            key ? k : in.get("add").select(0, t),
                            in.get("alpha").select(0, t),
                            strength ? in.get("strength").select(0, t) : null));
            state = access.state();
            accesses.add(access);
        }
        String expected = "expect." + variant + ".";
        golden.check(expected + "write_weight", all(accesses.stream().map(LeastRecentlyUsed.Access::writeWeights)));
        golden.check(expected + "least_used", all(accesses.stream().map(LeastRecentlyUsed.Access::leastUsed)));
        golden.check(expected + "memory", states(accesses, LeastRecentlyUsed.MEMORY));
        golden.check(expected + "read_weight", states(accesses, LeastRecentlyUsed.READ_WEIGHTS));
        golden.check(expected + "usage", states(accesses, LeastRecentlyUsed.USAGE));
        Tensor read = all(accesses.stream().map(LeastRecentlyUsed.Access::read));
        golden.check(expected + "read", read);
        Tensor loss = read.mul(golden.tensor("probe")).sum();
        golden.check(expected + "loss", loss.reshape(1));
        golden.checkAll(expected + "grad", Autograd.gradient(loss, in, false));
    }

    private static Tensor states(List<LeastRecentlyUsed.Access> accesses, String name) {
        return all(accesses.stream().map(a -> a.state().get(name)));
    }

    private static Tensor all(Stream<Tensor> tensors) {
        return Tensors.stack(tensors.toList(), 0);
    }
}
