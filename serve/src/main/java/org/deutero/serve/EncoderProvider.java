package org.deutero.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deutero.options.Provider;

/** Opens encoders from elsewhere; found by {@link java.util.ServiceLoader}. The module {@code onnx} has one. */
public interface EncoderProvider extends Provider {
    /** What names of its files end in, such as {@code .onnx}. */
    String suffix();

    /**
     * Opens a file.
     *
     * @param options how pictures are prepared, beside what a file beside it says
     * @throws org.deutero.tasks.DataException in one sentence if it is no encoder of pictures
     * @throws org.deutero.options.OptionsException for an option that does not fit
     */
    FeatureEncoder open(Path file, Map<String, Object> options);

    /** What is to be known of a file, by name: inputs, outputs, and how pictures are prepared. */
    Map<String, String> inspect(Path file, Map<String, Object> options);

    /** What comes with the program or its plug-ins. */
    static List<EncoderProvider> all() {
        return org.deutero.options.Registry.of("encoder", EncoderProvider.class, List::of, EncoderProvider::suffix)
                .all();
    }
}
