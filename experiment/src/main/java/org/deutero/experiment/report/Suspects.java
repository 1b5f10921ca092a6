package org.deutero.experiment.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.deutero.tasks.images.Picture;
import org.deutero.tensor.io.AtomicFiles;

/**
 * Training pictures whose labels a classifier does not believe.
 *
 * @param pictures how many training pictures were looked at
 * @param suspects those that it would give another label, the most doubtful first
 */
public record Suspects(int pictures, List<Suspect> suspects) {
    /** Copies the list. */
    public Suspects {
        suspects = List.copyOf(suspects);
    }

    /**
     * A training picture whose label is in doubt.
     *
     * @param file its name from the root of the training pictures
     * @param label that it has
     * @param believed what the classifier takes it for
     * @param probability of that
     * @param weight in training, 1 on the average; NaN where there are no weights
     * @param loss of its label, the negative logarithm of its probability
     * @param picture as the classifier sees it
     */
    public record Suspect(
            String file,
            String label,
            String believed,
            double probability,
            double weight,
            double loss,
            Picture picture) {}

    /** Writes a CSV file with a header; all suspects in their order. */
    public void write(Path file) throws IOException {
        StringBuilder csv = new StringBuilder("file,label,believed,probability,weight,loss\n");
        for (Suspect s : suspects) {
            csv.append(quoted(s.file())).append(',');
            csv.append(quoted(s.label())).append(',');
            csv.append(quoted(s.believed()));
            csv.append(String.format(Locale.ROOT, ",%.4f,", s.probability()));
            csv.append(Double.isNaN(s.weight()) ? "" : String.format(Locale.ROOT, "%.4f", s.weight()));
            csv.append(String.format(Locale.ROOT, ",%.4f%n", s.loss()).replace("\r\n", "\n"));
        }
        AtomicFiles.write(file, csv.toString());
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
