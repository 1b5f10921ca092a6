package org.deutero.app.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** How pictures are prepared for an encoder, as the command line has it. */
final class EncoderOptions {
    @Option(
            names = "--encoder-set",
            paramLabel = "KEY=VALUE",
            description =
                    "How pictures are prepared for the encoder: size, resize, mean, deviation, range, order, layout or output, as in mean=[0.5,0.5,0.5]; may be repeated. A file of the encoder's name that ends in .json says the same.")
    private List<String> changes = new ArrayList<>();

    boolean isEmpty() {
        return changes.isEmpty();
    }

    Map<String, Object> options() {
        Map<String, Object> options = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw UserException.usage("--encoder-set is " + change + "; expected KEY=VALUE, such as size=224");
            }
            String value = change.substring(equals + 1);
            options.put(change.substring(0, equals), value(value));
        }
        return options;
    }

    private static Object value(String text) {
        try {
            Object value = JsonMapper.shared().readValue(text, Object.class);
            return value == null ? text : value;
        } catch (JacksonException e) {
            return text; // a word
        }
    }
}
