package org.deutero.tasks.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.deutero.tasks.Episodes;
import org.deutero.tasks.InRandomOrder;
import org.deutero.tasks.TaskShape;
import org.deutero.tasks.TaskSource;
import org.deutero.tasks.files.LoadListener;
import org.deutero.tasks.images.ImageFormat;

/**
 * Classifications as sequences: each item is to be labelled before its label is told, and support sets come in random order.
 *
 * @param tasks the same, class by class
 */
public record SequenceSettings(TaskSettings tasks) implements TaskSettings {
    /** The same tasks in random order. */
    public static SequenceSettings of(TaskSettings tasks) {
        return new SequenceSettings(tasks);
    }

    @Override
    public boolean givesEpisodes() {
        return tasks.givesEpisodes();
    }

    @Override
    public List<Offer<?, ?>> offers() {
        List<Offer<?, ?>> offers = new ArrayList<>(List.of(new OrderedEpisodes(this)));
        offers.addAll(tasks.offers());
        return offers;
    }

    @Override
    public String describe() {
        return tasks.describe();
    }

    @Override
    public TaskShape shape() {
        return tasks.shape();
    }

    @Override
    public int trainWay() {
        return tasks.trainWay();
    }

    @Override
    public int supportSize() {
        return tasks.supportSize();
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

    @Override
    public boolean pretrains() {
        return tasks.pretrains();
    }

    /** Keys would have to follow the order. */
    @Override
    public boolean takesLabelKeys() {
        return false;
    }

    @Override
    public boolean fixedClasses() {
        return tasks.fixedClasses();
    }

    @Override
    public double period() {
        return tasks.period();
    }

    @Override
    public Optional<ImageFormat> completed() {
        return tasks.completed();
    }

    @Override
    public double rewardScale() {
        return tasks.rewardScale();
    }

    @Override
    public SortedMap<String, TaskSource<Episodes>> kinds() {
        SortedMap<String, TaskSource<Episodes>> kinds = new TreeMap<>(tasks.kinds());
        kinds.replaceAll((name, source) -> new InRandomOrder(source));
        return kinds;
    }

    @Override
    public String regressionMeasure() {
        return tasks.regressionMeasure();
    }

    @Override
    public Optional<PictureInputs> pictureInputs() {
        return tasks.pictureInputs();
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
