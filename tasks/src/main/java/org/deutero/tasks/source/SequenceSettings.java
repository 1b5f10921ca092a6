package org.deutero.tasks.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;

/**
 * Classifications as sequences: each item is to be labelled before its label is told, and support sets come in random order.
 *
 * @param tasks the same, class by class
 */
public record SequenceSettings(TaskSettings tasks) implements ForwardingSettings {
    /** The same tasks in random order. */
    public static SequenceSettings of(TaskSettings tasks) {
        return new SequenceSettings(tasks);
    }

    @Override
    public List<Offer<?, ?>> offers() {
        List<Offer<?, ?>> offers = new ArrayList<>(List.of(new OrderedEpisodes(this)));
        offers.addAll(tasks.offers());
        return offers;
    }

    @Override
    public int convenientShard() {
        return 16;
    }

    @Override
    public int examples() {
        return 0;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public boolean sequences() {
        return true;
    }

    /** Keys would have to follow the order. */
    @Override
    public boolean takesLabelKeys() {
        return false;
    }

    @Override
    public SortedMap<String, TaskSource<Episodes>> kinds() {
        SortedMap<String, TaskSource<Episodes>> kinds = new TreeMap<>(tasks.kinds());
        kinds.replaceAll((name, source) -> new InRandomOrder(source));
        return kinds;
    }

    @Override
    public TaskSet load(LoadListener listener) {
        TaskSet set = tasks.load(listener);
        TaskSource<Episodes> test = new InRandomOrder(set.test());
        return new TaskSet(
                new InRandomOrder(set.train()),
                set.validation().map(InRandomOrder::new),
                test,
                test,
                set.images(),
                set.bySize().stream()
                        .map(s -> new SizedTasks(s.points(), new InRandomOrder(s.tasks()), s.references()))
                        .toList());
    }
}
