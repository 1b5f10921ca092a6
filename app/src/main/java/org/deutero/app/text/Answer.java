package org.deutero.app.text;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.deutero.serve.Prediction;

/**
 * What a classifier says of a picture, and what is known of it.
 *
 * @param image the picture
 * @param prediction of the classifier
 * @param truth the class of the folder that it lies in
 * @param rejecting whether pictures of none of the classes are told
 */
public record Answer(Path image, Prediction prediction, Optional<String> truth, boolean rejecting) {
    /** What is said of a picture of none of the classes. */
    public static final String NONE = "none of these";

    /** Whether it is said to show none of the classes. */
    public boolean rejected() {
        return rejecting && prediction.rejected();
    }

    /** The label that is given, or {@link #NONE}. */
    public String given() {
        return rejected() ? NONE : prediction.label();
    }

    /** Whether a class is known, and another answer given. */
    public boolean wrong() {
        return truth.filter(name -> !name.equals(given())).isPresent();
    }

    /** A path on one line, whatever is in its name. */
    static String printable(Path path) {
        return path.toString().replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    }

    /** A probability as people read it. */
    public static String percent(double probability) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
    }
}
