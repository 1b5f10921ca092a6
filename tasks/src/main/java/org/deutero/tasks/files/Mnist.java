package org.deutero.tasks.files;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;
import org.deutero.tasks.images.LabelledImages;

/**
 * MNIST and the set that was made to replace it: 10 classes of 28x28 grey images, 60,000 to train and 10,000 to test, in
 * four IDX files with the usual names ({@code train-images-idx3-ubyte.gz} and so on), gzipped or not. Ink is light already.
 */
public enum Mnist {
    /** Handwritten digits (LeCun, Cortes and Burges 1998). */
    DIGITS("mnist", List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9")),

    /** Clothing (Xiao, Rasul and Vollgraf 2017; MIT licence). */
    FASHION(
            "fashion-mnist",
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"));

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> classNames;

    Mnist(String label, List<String> classNames) {
        this.label = label;
        this.classNames = classNames;
    }

    /** The name of the set, and of its folder within the data folder. */
    public String label() {
        return label;
    }

    /** The ten class names, in class order. */
    public List<String> classNames() {
        return classNames;
    }

    /** Where the set is unless a path is given: its folder within {@link DataFolder}. */
    public Path folder() {
        return DataFolder.find(label);
    }

    /** The 60,000 training images, from a folder with the IDX files. */
    public LabelledImages train(Path folder) {
        return read(folder, "train", label + "-train");
    }

    /** The 10,000 test images, from a folder with the IDX files. */
    public LabelledImages test(Path folder) {
        return read(folder, "t10k", label + "-test");
    }

    /** Classes 0 to 5 to train, none to validate, 6 to 9 to test: our choice, as no published few-shot split exists. */
    public ClassSplit fewShot() {
        return new ClassSplit(List.of(0, 1, 2, 3, 4, 5), List.of(), List.of(6, 7, 8, 9));
    }

    private LabelledImages read(Path folder, String part, String name) {
        return Idx.labelled(
                name, file(folder, part + "-images-idx3-ubyte"), file(folder, part + "-labels-idx1-ubyte"), classNames);
    }

    private static Path file(Path folder, String name) {
        for (String suffix : List.of(".gz", "")) {
            Path file = folder.resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new DataException(folder + " does not hold " + name + " or " + name + ".gz");
    }
}
