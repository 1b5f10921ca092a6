package org.deutero.tasks.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.LabelledBatch;
import org.deutero.tasks.TaskSource;
import org.deutero.tensor.Tensor;
import org.deutero.tensor.Tensors;

/**
 * Pairs of episodes from two different domains, drawn at random: the support set of a task is a whole episode of the one, its shots first and then its queries, the query set one of the other. What is learned of the first is to hold for the second (Tseng, Lee, Huang, Yang 2020).
 *
 * @param domains at least two, whose episodes have one form
 * @param beside mini-batches of all classes of a domain, one with each pair, or none
 */
public record CrossDomain(List<TaskSource<Episodes>> domains, Optional<ClassBatchSampler> beside)
        implements TaskSource<Episodes> {
    /** Pairs with nothing beside them. */
    public CrossDomain(List<TaskSource<Episodes>> domains) {
        this(domains, Optional.empty());
    }

    /** Refuses a single domain. */
    public CrossDomain {
        domains = List.copyOf(domains);
        if (domains.size() < 2) {
            throw new IllegalArgumentException("pairs need at least two domains, not " + domains.size());
        }
    }

    @Override
    public Episodes sample(int tasks, RandomGenerator rng) {
        List<Episodes> seen = new ArrayList<>();
        List<Episodes> unseen = new ArrayList<>();
        List<Episodes> batches = new ArrayList<>();
        for (int t = 0; t < tasks; t++) {
            int first = rng.nextInt(domains.size());
            int second = rng.nextInt(domains.size() - 1);
            seen.add(domains.get(first).sample(1, rng));
            unseen.add(domains.get(second < first ? second : second + 1).sample(1, rng));
            beside.ifPresent(source -> batches.add(source.sample(1, rng)));
        }
        Episodes pairs = new Episodes(
                inputs(seen),
                labels(seen),
                inputs(unseen),
                labels(unseen),
                seen.get(0).way());
        return beside.isEmpty() ? pairs : pairs.with(joined(batches));
    }

    private static LabelledBatch joined(List<Episodes> batches) {
        return new LabelledBatch(
                Tensors.cat(batches.stream().map(Episodes::queryX).toList(), 0),
                Tensors.cat(batches.stream().map(Episodes::queryY).toList(), 0),
                batches.get(0).way());
    }

    private static Tensor inputs(List<Episodes> episodes) {
        return Tensors.cat(
                episodes.stream()
                        .map(e -> Tensors.cat(List.of(e.supportX(), e.queryX()), 1))
                        .toList(),
                0);
    }

    private static Tensor labels(List<Episodes> episodes) {
        return Tensors.cat(
                episodes.stream()
                        .map(e -> Tensors.cat(List.of(e.supportY(), e.queryY()), 1))
                        .toList(),
                0);
    }
}
