package org.deutero.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deutero.experiment.Errand;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.Place;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.learn.shards.Job;
import org.deutero.learn.shards.Portable;

/**
 * A Spark application that does the jobs of one run. The recipe is broadcast once, the state for each step and forgotten after it. One thread uses it.
 *
 * <p>Spark does lost and straggling tasks again; they come to the same bits, because an item's number fixes all that it draws.
 */
final class SparkPlace implements Place {
    /** Tasks that a slot gets in a step: a few, so that a lost one costs a part of a step and a slow slot gets fewer. */
    private static final int TASKS_A_SLOT = 4;

    /** Seconds to wait for the first executor, unless this property says otherwise. */
    private static final String WAIT = "deutero.spark.wait";

    private static final int DEFAULT_WAIT = 120;

    private static final String OWNER = "spark.deutero.owner";

    private final JavaSparkContext context;
    private final boolean own;
    private final String run = UUID.randomUUID().toString();
    private final Broadcast<String> recipe;
    private final RunListener listener;
    private final Losses losses = new Losses();
    private final Pace pace = new Pace(System::nanoTime);
    private final int metaBatch;

    private SparkPlace(JavaSparkContext context, boolean own, Experiment experiment, RunListener listener) {
        this.context = context;
        this.own = own;
        this.listener = listener;
        metaBatch = experiment.schedule().metaBatch();
        context.sc().addSparkListener(losses);
        recipe = context.broadcast(RecipeFile.toYaml(experiment.resolved()));
    }

    /**
     * Connects to a master and waits for the first executor. A Spark application that is at work in this process already is taken as it is, and left running.
     *
     * @throws UserException if nobody comes, or the application in this process has another master
     */
    static SparkPlace open(String master, Experiment experiment, RunListener listener) {
        String name = experiment.name().isEmpty() ? "deutero" : "deutero " + experiment.name();
        String owner = UUID.randomUUID().toString();
        JavaSparkContext context;
        try {
            context = JavaSparkContext.fromSparkContext(
                    SparkContext.getOrCreate(Settings.of(master, name).set(OWNER, owner)));
        } catch (Exception | ExceptionInInitializerError e) { // Scala throws checked ones, too
            throw notOpened(master, e);
        }
        boolean own = owner.equals(context.getConf().get(OWNER, ""));
        if (!own && !context.master().equals(master)) {
            throw UserException.usage("this process is a Spark application of " + context.master()
                    + " already; expected that as the master, not " + master);
        }
        try {
            if (!context.isLocal()) {
                await(context, master, listener);
            }
            SparkPlace place = new SparkPlace(context, own, experiment, listener);
            listener.message("Tasks are done by Spark " + context.version() + " at " + master + ", "
                    + context.defaultParallelism() + " at once.");
            return place;
        } catch (RuntimeException e) {
            if (own) {
                context.close();
            }
            throw e;
        }
    }

    private static UserException notOpened(String master, Throwable e) {
        boolean elsewhere = master.equals("yarn") || master.startsWith("k8s://");
        return UserException.failure(
                "Spark cannot be reached at " + master + ": " + Failures.brief(e.getMessage())
                        + (elsewhere
                                ? "; expected to be started by the spark-submit of a Spark that knows it, with --class "
                                        + SparkTrain.class.getName()
                                : master.startsWith("local-cluster") && System.getenv("SPARK_HOME") == null
                                        ? "; expected the environment variable SPARK_HOME to name a folder with Spark's jars in its folder jars"
                                        : "; expected a running master of Spark 4.2"),
                e);
    }

    private static void await(JavaSparkContext context, String master, RunListener listener) {
        long seconds = Long.getLong(WAIT, DEFAULT_WAIT);
        long start = System.nanoTime();
        boolean told = false;
        while (executors(context) == 0) {
            long waited = (System.nanoTime() - start) / 1_000_000_000L;
            if (waited >= seconds || context.sc().isStopped()) {
                throw Failures.nobody(master, waited, context.getConf().get("spark.executor.memory", "1g"));
            }
            if (waited >= 10 && !told) {
                told = true;
                listener.message("No executor has come yet; waiting up to " + seconds + " s for a worker of " + master
                        + " that has a free core and memory ...");
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for executors", e);
            }
        }
    }

    private static int executors(JavaSparkContext context) {
        int all = context.sc().statusTracker().getExecutorInfos().length;
        return context.isLocal() ? all : all - 1; // the driver is among them
    }

    @Override
    public <R> List<R> run(Errand errand, Job<R> job, Portable<R> portable) {
        long start = System.nanoTime();
        int slots = context.defaultParallelism();
        List<Portion> portions = Portion.of(job.items(), TASKS_A_SLOT * slots);
        byte[] bytes = portable.stateBytes();
        Broadcast<byte[]> state = context.broadcast(bytes);
        List<Answer> answers;
        try {
            answers = context.parallelize(portions, portions.size())
                    .map(new ItemsTask(run, recipe, state, errand))
                    .collect();
        } catch (Exception e) { // Scala throws checked ones, too
            losses.tell(listener::message);
            throw Failures.ofStep(e);
        } finally {
            state.destroy();
        }
        for (Answer answer : answers) {
            if (answer.failure() != null) {
                throw Failures.of(answer);
            }
        }
        List<R> results = new ArrayList<>(job.items());
        for (Answer answer : answers) {
            for (byte[] result : answer.results()) {
                results.add(portable.bytes().read(result));
            }
        }
        losses.tell(listener::message);
        if (errand.kind() == Errand.Kind.TRAINING) {
            pace.step(metaBatch, System.nanoTime() - start, slots, bytes.length, answers);
            pace.due(executors(context)).ifPresent(listener::message);
        }
        return results;
    }

    @Override
    public void close() {
        if (pace.steps() > 0) {
            listener.message(pace.line(executors(context)));
        }
        recipe.destroy();
        context.sc().removeSparkListener(losses);
        if (own) {
            context.close();
        }
    }
}
