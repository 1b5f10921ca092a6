package org.deutero.spark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.deutero.experiment.Experiment;
import org.deutero.experiment.RunFolder;
import org.deutero.experiment.RunListener;
import org.deutero.experiment.RunResult;
import org.deutero.experiment.base.UserException;
import org.deutero.experiment.recipe.RecipeFile;
import org.deutero.options.OptionsException;
import org.deutero.tasks.DataException;

/**
 * What spark-submit starts: {@code spark-submit --class org.deutero.spark.SparkTrain --jars JARS deutero-spark.jar RECIPE [--set KEY=VALUE]... [--out DIR]}, or {@code --resume DIR} in the place of a recipe.
 * The master and all settings are spark-submit's.
 */
public final class SparkTrain {
    private static final String USE = "expected RECIPE or --resume DIR, then --set KEY=VALUE and --out DIR";

    private SparkTrain() {}

    /** Trains, prints the figure, and ends with 0; with 2 after wrong use and 1 after another failure, which is one line on standard error. */
    public static void main(String[] arguments) {
        int code = run(List.of(arguments), System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            RunResult result = train(arguments, err);
            out.println(result.test().metricName() + " " + result.test().metric() + " +- "
                    + result.test().interval() + " on " + result.test().tasks() + " test tasks");
            out.println("Run: " + result.folder().path());
            return 0;
        } catch (UserException e) {
            err.println("deutero: " + e.getMessage());
            return e.wrongUse() ? 2 : 1;
        } catch (OptionsException e) {
            err.println("deutero: " + e.getMessage());
            return 2;
        } catch (DataException e) {
            err.println("deutero: " + e.getMessage());
            return 1;
        }
    }

    private static RunResult train(List<String> arguments, PrintStream err) {
        String recipe = null;
        Path resume = null;
        Path folder = null;
        List<String> overrides = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (!argument.startsWith("--")) {
                if (recipe != null) {
                    throw UserException.usage("\"" + argument + "\" is a second recipe; " + USE);
                }
                recipe = argument;
                continue;
            }
            if (++i == arguments.size()) {
                throw UserException.usage(argument + " lacks its value; " + USE);
            }
            String value = arguments.get(i);
            switch (argument) {
                case "--set" -> overrides.add(value);
                case "--out" -> folder = Path.of(value);
                case "--resume" -> resume = Path.of(value);
                default -> throw UserException.usage("there is no option " + argument + "; " + USE);
            }
        }
        if ((recipe == null) == (resume == null)) {
            throw UserException.usage("what is to be trained is not clear; " + USE);
        }
        Optional<String> master = Optional.of(new SparkConf().get("spark.master", "local[*]"));
        RunListener listener = new RunListener() {
            @Override
            public void message(String line) {
                err.println(line);
            }
        };
        if (resume != null) {
            return Experiment.resume(resume, overrides, master, listener);
        }
        Experiment experiment = Experiment.of(RecipeFile.load(recipe, overrides).withAbsolutePaths());
        return experiment.train(folder == null ? RunFolder.standard(experiment.name()) : folder, master, listener);
    }
}
