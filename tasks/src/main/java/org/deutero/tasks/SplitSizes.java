package org.deutero.tasks;

/**
 * How many classes go to each part of a split, so that every part can make the tasks that are asked of it.
 *
 * @param train classes to train on
 * @param validation classes to validate on; may be 0
 * @param test classes to test on
 */
public record SplitSizes(int train, int validation, int test) {

    /**
     * What the tasks need.
     *
     * @param train classes that a training task takes
     * @param test classes that a task of the other two parts takes
     */
    public record Needs(int train, int test) {}

    /**
     * Deals classes out by share; the test part gets what the other two leave. A part that would come out too small for its
     * tasks is filled up from those that have more than they need.
     *
     * @param name what the data is called in an error
     * @param validationShare 0 for a split without validation
     * @throws DataException if there are too few classes; the sentence says what would work
     */
    public static SplitSizes of(String name, int classes, Needs needs, double trainShare, double validationShare) {
        if (!(trainShare >= 0 && validationShare >= 0 && trainShare + validationShare <= 1 + 1e-9)) {
            throw new DataException("the shares " + trainShare + " (train) and " + validationShare
                    + " (validation) must not be negative and must sum to at most 1");
        }
        boolean validated = validationShare > 0;
        int least = needs.train + needs.test + (validated ? needs.test : 0);
        if (classes < least) {
            throw new DataException(tooFew(name, classes, needs, validated, least));
        }
        int train = (int) Math.round(classes * trainShare);
        int validation = Math.min(classes - Math.min(classes, train), (int) Math.round(classes * validationShare));
        train = Math.min(Math.max(train, needs.train), classes - (least - needs.train));
        validation = validated ? Math.min(Math.max(validation, needs.test), classes - train - needs.test) : 0;
        return new SplitSizes(train, validation, classes - train - validation);
    }

    /** The largest number of ways, the same in all parts, that so many classes can serve; below 2 means none. */
    public static int largestWay(int classes, boolean validated) {
        return classes / (validated ? 3 : 2);
    }

    private static String tooFew(String name, int classes, Needs needs, boolean validated, int least) {
        String parts = validated ? "training, validation and testing" : "training and testing";
        String each = needs.train == needs.test
                ? needs.test + " each for " + parts
                : needs.train + " for training and " + needs.test + " for "
                        + (validated ? "validation and for testing" : "testing");
        StringBuilder sentence = new StringBuilder(name + " has " + classes + " usable classes, but these tasks need "
                + least + " (" + each + ", since no class may be in two parts)");
        int way = largestWay(classes, validated);
        boolean without = validated && classes >= needs.train + needs.test;
        if (way < 2 && !without) {
            return sentence.append("; bring more classes").toString();
        }
        sentence.append("; what would work: ");
        if (without) {
            sentence.append("no validation (tasks.validation-share=0)");
        }
        if (way >= 2) {
            sentence.append(without ? ", or " : "")
                    .append("tasks of ")
                    .append(way)
                    .append(" ways (tasks.way=");
            sentence.append(way).append(needs.train == needs.test ? ")" : " and tasks.train-way=" + way + ")");
        }
        return sentence.toString();
    }
}
