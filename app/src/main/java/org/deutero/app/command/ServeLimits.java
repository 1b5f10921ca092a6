package org.deutero.app.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deutero.experiment.base.UserException;
import org.deutero.options.Suggestions;
import org.deutero.server.ServerLimits;

/** Limits of a server as the command line has them, {@code NAME=NUMBER}. */
final class ServeLimits {
    private ServeLimits() {}

    static ServerLimits of(List<String> changes) {
        ServerLimits d = ServerLimits.DEFAULT;
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("body-bytes", d.bodyBytes());
        all.put("pixels", d.pixels());
        all.put("all-pixels", d.allPixels());
        all.put("classes", (long) d.classes());
        all.put("pictures", (long) d.pictures());
        all.put("classifiers", (long) d.classifiers());
        all.put("requests", (long) d.requests());
        all.put("body-seconds", d.body().toSeconds());
        all.put("unused-seconds", d.unused().toSeconds());
        changes.forEach(change -> set(all, change));
        return new ServerLimits(
                all.get("body-bytes"),
                all.get("pixels"),
                all.get("all-pixels"),
                Math.toIntExact(all.get("classes")),
                Math.toIntExact(all.get("pictures")),
                Math.toIntExact(all.get("classifiers")),
                Math.toIntExact(all.get("requests")),
                Duration.ofSeconds(all.get("body-seconds")),
                Duration.ofSeconds(all.get("unused-seconds")));
    }

    private static void set(Map<String, Long> all, String change) {
        int equals = change.indexOf('=');
        String name = equals < 0 ? change : change.substring(0, equals);
        if (!all.containsKey(name)) {
            throw UserException.usage("there is no limit \"" + name + "\"; "
                    + Suggestions.closest(name, all.keySet())
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("there are " + String.join(", ", all.keySet())));
        }
        String number = change.substring(equals + 1);
        if (equals < 0 || !number.matches("[1-9][0-9]{0,8}") || (name.equals("classes") && number.equals("1"))) {
            throw UserException.usage("--limit " + name + " wants a whole number from "
                    + (name.equals("classes") ? 2 : 1) + " to 999999999, as in " + name + "=" + all.get(name));
        }
        all.put(name, Long.valueOf(number));
    }
}
