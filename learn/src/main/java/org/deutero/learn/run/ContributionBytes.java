package org.deutero.learn.run;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.deutero.learn.meta.Contribution;
import org.deutero.learn.shards.ResultBytes;
import org.deutero.tensor.Params;
import org.deutero.tensor.Scope;
import org.deutero.tensor.io.Safetensors;

/** Contributions as safetensors: both trees as tensors, the two numbers beside them. Names keep their order, in which an algorithm may go through them. */
enum ContributionBytes implements ResultBytes<Contribution> {
    /** The only one. */
    SAFETENSORS;

    private static final String TASKS = "tasks";
    private static final String LOSS = "loss";
    private static final String VALUES = "values";
    private static final String CARRY = "carry";

    @Override
    public byte[] of(Contribution result) {
        Params tensors = Params.builder()
                .put(VALUES, result.values())
                .put(CARRY, result.carry())
                .build();
        Map<String, String> numbers =
                Map.of(TASKS, Integer.toString(result.tasks()), LOSS, Double.toHexString(result.loss()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Safetensors(tensors, numbers).write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    @Override
    public Contribution read(byte[] bytes) {
        try (Scope s = Scope.open()) {
            Safetensors content = Safetensors.read(new ByteArrayInputStream(bytes), "a contribution");
            return new Contribution(
                            Integer.parseInt(content.metadata().get(TASKS)),
                            Double.parseDouble(content.metadata().get(LOSS)),
                            content.tensors().child(VALUES),
                            content.tensors().child(CARRY))
                    .keep(s);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
