package org.deutero.tasks.images;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deutero.tasks.ClassSplit;
import org.deutero.tasks.DataException;

/**
 * A data set with the split of its classes.
 *
 * @param images the data
 * @param split its classes by part
 */
public record SplitImages(LabelledImages images, ClassSplit split) {

    private static final Map<String, ClassSplit.Part> PARTS = Map.of(
            "train", ClassSplit.Part.TRAIN,
            "val", ClassSplit.Part.VALIDATION,
            "validation", ClassSplit.Part.VALIDATION,
            "test", ClassSplit.Part.TEST);

    /** Refuses a split that names classes which the data does not have. */
    public SplitImages {
        split.check(images.classes());
    }

    /**
     * Takes the split from class names of the form {@code train/NAME}, {@code val/NAME} (or {@code validation/NAME}) and
     * {@code test/NAME}, the way many sets are laid out on disk. The classes are then called {@code NAME}.
     *
     * @throws DataException if a name has another form, or a class is in two parts
     */
    public static SplitImages byPrefix(LabelledImages images) {
        Map<ClassSplit.Part, List<Integer>> parts = Map.of(
                ClassSplit.Part.TRAIN, new ArrayList<>(),
                ClassSplit.Part.VALIDATION, new ArrayList<>(),
                ClassSplit.Part.TEST, new ArrayList<>());
        List<String> names = new ArrayList<>();
        for (int c = 0; c < images.classes(); c++) {
            String name = images.className(c);
            int slash = name.indexOf('/');
            ClassSplit.Part part = slash < 0 ? null : PARTS.get(name.substring(0, slash));
            if (part == null) {
                throw new DataException("class '" + name + "' of " + images.name()
                        + " does not lie in a folder train, val or test, so its part of the split is unknown");
            }
            parts.get(part).add(c);
            names.add(name.substring(slash + 1));
        }
        ClassSplit split = new ClassSplit(
                parts.get(ClassSplit.Part.TRAIN),
                parts.get(ClassSplit.Part.VALIDATION),
                parts.get(ClassSplit.Part.TEST));
        return new SplitImages(images.renamed(names), split);
    }
}
