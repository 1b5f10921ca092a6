package org.deutero.spark;

/**
 * What a meta-step costs on a cluster: a model with eight numbers, which {@code docs/CLUSTER.md} derives and a simulation checks. Times are in seconds, sizes in bytes.
 *
 * <p>A step is a pipeline of three stages. The driver hands out one task after the other, executors work side by side, and the driver takes contributions in one after the other. So it takes what one task takes on its way through, and for all further ones
 * what the slowest stage takes.
 *
 * @param fixed of a step, whatever its size: building the job, closing it
 * @param dispatch of the driver for each task
 * @param work of a task, mean
 * @param spread of the work, standard deviation: what stragglers come from
 * @param latency of a message
 * @param bandwidth of a link, bytes a second
 * @param state that each executor needs, bytes
 * @param contribution of a task, bytes
 */
record StepCost(
        double fixed,
        double dispatch,
        double work,
        double spread,
        double latency,
        double bandwidth,
        double state,
        double contribution) {
    /** Bytes a second at which the driver reads a contribution and adds it. */
    static final double ADDING = 1e9;

    /** Contributions that are added where they meet in a tree. */
    static final int FAN = 16;

    /** The state's way to all executors: each that has it passes it on, so that their number doubles (Spark's torrent of blocks, of which a state below 4 MB is one). */
    double broadcast(int executors) {
        return Math.ceil(Math.log(executors + 1) / Math.log(2)) * (latency + state / bandwidth);
    }

    /** The driver's time for a contribution. */
    double collect() {
        return contribution / bandwidth + contribution / ADDING;
    }

    /** How much later than the mean the slowest of so many tasks is, for normal times: Blom's approximation of the largest of n draws. */
    double straggling(double tasks) {
        return tasks <= 1 ? 0 : spread * normalQuantile((tasks - 0.375) / (tasks + 0.25));
    }

    /** Of the upper half (Abramowitz and Stegun 26.2.23). */
    private static double normalQuantile(double p) {
        double t = Math.sqrt(-2 * Math.log(1 - p));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }

    /** A synchronous step of so many tasks, whose contributions are added by the driver in the order of shards. */
    double step(int tasks, int executors) {
        // Only who was sent out late can be the last to come back.
        double late = dispatch == 0 ? tasks : Math.min(tasks, 1 + 2 * spread / dispatch);
        double sending = (tasks - 1) * dispatch + straggling(late);
        double taking = (tasks - 1) * collect();
        double waves = Math.max(0, tasks - executors) * work / executors + straggling(Math.min(tasks, executors));
        return fixed
                + broadcast(Math.min(executors, tasks))
                + dispatch
                + work
                + Math.max(Math.max(sending, taking), waves)
                + latency
                + collect();
    }

    /**
     * The same with contributions added in a tree of {@link #FAN} branches whose shape the number of shards fixes: the driver takes in {@link #FAN} sums only. The order of additions is another, and so are the bits.
     */
    double treeStep(int tasks, int executors) {
        int levels = (int) Math.max(1, Math.ceil(Math.log(tasks) / Math.log(FAN)));
        StepCost light = new StepCost(fixed, dispatch, work, spread, latency, bandwidth, state, 0);
        return light.step(tasks, executors) + levels * (latency + dispatch + FAN * collect());
    }

    /** The share of the executors' time that is work, 0 to 1. */
    double efficiency(int tasks, int executors) {
        return Math.min(1, tasks * work / (executors * step(tasks, executors)));
    }

    /** Time for so many tasks if nobody waits for anybody: only the driver's two stages and the executors' number limit it. */
    double asynchronous(int tasks, int executors) {
        return tasks * Math.max(Math.max(dispatch, collect()), work / executors);
    }
}
