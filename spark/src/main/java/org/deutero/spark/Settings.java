package org.deutero.spark;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.deutero.tensor.NativeFolder;

/** Spark's settings for a run. Whatever is set from outside, by {@code -Dspark.KEY=VALUE} or by spark-submit, stays as it is. */
final class Settings {
    private static final Pattern ON_THIS_MACHINE =
            Pattern.compile("local(\\[.*])?|local-cluster\\[.*]|spark://(127\\.[0-9.]+|localhost|\\[::1])(:\\d+)?");
    private static final String CLASS_PATH = "spark.executor.extraClassPath";
    private static final String JARS = "spark.jars";
    private static final String JAVA_OPTIONS = "spark.executor.extraJavaOptions";

    /** What the launcher sets for the program itself: threads that spin beside a busy core cost a factor of fifty, and glibc would hand the memory of each step back. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "OMP_NUM_THREADS", "1",
            "OPENBLAS_NUM_THREADS", "1",
            "OMP_WAIT_POLICY", "passive",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "1073741824",
            "MALLOC_TOP_PAD_", "16777216");

    private Settings() {}

    static SparkConf of(String master, String name) {
        SparkConf conf = new SparkConf().setMaster(master);
        conf.setIfMissing("spark.app.name", name);
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.driver.maxResultSize", "0"); // contributions are all needed, however large
        ENVIRONMENT.forEach((key, value) -> conf.setIfMissing("spark.executorEnv." + key, value));
        // A worker that was not started by Spark's scripts does not know it, and would look for Spark's sources.
        conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        conf.setIfMissing(JAVA_OPTIONS, javaOptions());
        if (onThisMachine(master)) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1");
            conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        if (!master.startsWith("local[") && !conf.contains(JARS) && !conf.contains(CLASS_PATH)) {
            List<Path> own = OwnJars.list();
            if (onThisMachine(master)) {
                conf.set(CLASS_PATH, joined(own, File.pathSeparator));
            } else {
                conf.set(JARS, joined(own.stream().filter(Files::isRegularFile).toList(), ","));
            }
        }
        return conf;
    }

    /** Whether executors see the paths that this process sees, and nobody else needs to reach it. */
    static boolean onThisMachine(String master) {
        return ON_THIS_MACHINE.matcher(master).matches();
    }

    private static String joined(List<Path> paths, String separator) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(separator));
    }

    private static String javaOptions() {
        StringBuilder options = new StringBuilder(
                "-XX:+UseSerialGC -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0");
        for (String property : List.of("deutero.data", NativeFolder.PROPERTY)) {
            Optional.ofNullable(System.getProperty(property))
                    .ifPresent(value -> options.append(" \"-D")
                            .append(property)
                            .append('=')
                            .append(value)
                            .append('"'));
        }
        return options.toString();
    }
}
