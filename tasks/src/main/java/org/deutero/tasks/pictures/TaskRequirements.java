package org.deutero.tasks.pictures;

import org.deutero.tasks.SplitSizes;
import org.deutero.tasks.images.Rotation;
import org.deutero.tasks.pictures.ImageSettings.Form;

/**
 * What tasks need of the data they are drawn from.
 *
 * @param classes classes in each part
 * @param trainPictures pictures of a class to train on
 * @param testPictures pictures of a class to validate and test on
 */
record TaskRequirements(SplitSizes.Needs classes, int trainPictures, int testPictures) {
    static TaskRequirements of(Form train, Form test) {
        return new TaskRequirements(
                new SplitSizes.Needs(classes(train), classes(test)),
                train.shot() + train.queries(),
                test.shot() + test.queries());
    }

    /** Pictures of a class that may come into any part. */
    int pictures() {
        return Math.max(trainPictures, testPictures);
    }

    private static int classes(Form form) {
        return form.rotation() == Rotation.CLASSES ? (form.way() + 3) / 4 : form.way();
    }
}
