package org.deutero.spark;

import java.util.regex.Pattern;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Place;
import org.deutero.experiment.PlaceProvider;
import org.deutero.experiment.RunListener;

/** Opens Spark's masters. */
public final class SparkProvider implements PlaceProvider {
    private static final Pattern MASTER = Pattern.compile(
            "local|local\\[(\\d+|\\*)(,\\d+)?]|local-cluster\\[\\d+,\\d+,\\d+]|spark://.+|yarn|k8s://.+");

    /** For {@link java.util.ServiceLoader}. */
    public SparkProvider() {}

    @Override
    public String engine() {
        return "spark";
    }

    @Override
    public String masters() {
        return "spark://HOST:PORT, local[N], local-cluster[N,CORES,MB], or under spark-submit yarn or k8s://URL";
    }

    @Override
    public boolean takes(String master) {
        return MASTER.matcher(master).matches();
    }

    @Override
    public Place open(String master, Experiment experiment, RunListener listener) {
        return SparkPlace.open(master, experiment, listener);
    }
}
