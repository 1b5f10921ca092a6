package org.deutero.app.command;

/** The module that trains on Spark, which is not part of the program. */
final class SparkModule {
    private SparkModule() {}

    /** The sentence for its absence. */
    static String missing(String master) {
        return "tasks are done at --master " + master
                + " by the module spark, which is not installed: \"deutero install spark\" fetches it (143 MB, once); or name its jars with --plugin";
    }
}
