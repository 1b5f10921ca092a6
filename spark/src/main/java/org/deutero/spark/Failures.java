package org.deutero.spark;

import java.util.Locale;
import org.deutero.experiment.base.UserException;

/** Says in a sentence why a cluster did not do what it was asked. */
final class Failures {
    private static final int LONGEST = 300;

    private Failures() {}

    /** The first line of a text, not too long. */
    static String brief(String text) {
        String line =
                String.valueOf(text).lines().map(String::strip).findFirst().orElse("no reason is known");
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + " ..." : line;
        return cut.replaceFirst("[.;]\\s*$", "");
    }

    /** A step that Spark has given up. */
    static UserException ofStep(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable at = failure; at != null; at = at.getCause()) {
            all.append(at).append('\n');
        }
        return UserException.failure(
                "Spark has given up a step: " + remedy(all.toString()) + " (" + brief(failure.getMessage())
                        + "); the run can be resumed from its last checkpoint",
                failure);
    }

    /** What would help, by what is said. */
    static String remedy(String said) {
        String text = said.toLowerCase(Locale.ROOT);
        if (text.contains("outofmemory")
                || text.contains("code 137")
                || text.contains("killed by external signal")
                || text.contains("exitcode 137")
                || text.contains("memory limits")) {
            return "executors ran out of memory or were killed; expected more of it by -Dspark.executor.memory=4g, and on YARN and"
                    + " Kubernetes by -Dspark.executor.memoryOverhead=2g, since libtorch's memory lies beside Java's";
        }
        if (text.contains("unsupportedclassversion")) {
            return "executors run an older Java; expected 17 or newer, named by -Dspark.executorEnv.JAVA_HOME=FOLDER";
        }
        if (text.contains("noclassdeffound") || text.contains("classnotfound")) {
            return "executors lack classes of this program; expected its jars under the same paths on every machine, or"
                    + " named by -Dspark.jars=JAR,JAR";
        }
        if (text.contains("unsatisfiedlink")) {
            return "libtorch cannot be loaded in executors; expected deutero-native for their platform among their jars";
        }
        if (text.contains("removed our application")
                || text.contains("exited with code")
                || text.contains("executor process")) {
            return "executors end before they have done anything; expected a Java 17 or newer and Spark 4.2 on every machine"
                    + " (the workers' logs tell more)";
        }
        return "its tasks failed again and again";
    }

    /** Nobody has come to work. */
    static UserException nobody(String master, long seconds, String memory) {
        return UserException.failure(
                "no executor has come to work at " + master + " within " + seconds
                        + " s; expected a worker with a free core and " + memory
                        + " of memory for an executor (less by -Dspark.executor.memory), Spark 4.2 and Java 17 or newer on"
                        + " it, and this machine within its reach",
                null);
    }

    /** What went wrong in an executor would go wrong in each. */
    static RuntimeException of(Answer answer) {
        RuntimeException failure = answer.failure();
        if (!answer.building()) {
            return failure;
        }
        return UserException.failure(
                "the executor " + answer.host() + " cannot build the recipe: " + brief(failure.getMessage())
                        + " (every executor must see data and files under the paths that the recipe names)",
                failure);
    }
}
