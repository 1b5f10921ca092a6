package org.deutero.app.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.deutero.app.docs.OfficialSettings.Deviation;
import org.deutero.app.docs.OfficialSettings.Entry;

/** {@code docs/OFFICIAL.md}: official settings beside the recipes that claim them. */
final class OfficialPage {
    private OfficialPage() {}

    static String of(OfficialSettings official) {
        List<String> lines = new ArrayList<>(
                List.of(
                        "# Official settings",
                        "",
                        "Made by `deutero docs` from [official.yaml](official.yaml); do not edit. What papers and released code set, in the terms of recipe keys, for every recipe that says its settings are published; a test compares"
                                + " each value with the one in force. \"Deviates\" tells what is otherwise here, and why. A key that is not listed is not known from the source."));
        for (Entry entry : official.entries()) {
            lines.addAll(List.of(
                    "",
                    "**" + entry.recipes().stream().map(OfficialPage::code).collect(Collectors.joining(", ")) + "**",
                    ""));
            MarkdownTable table = new MarkdownTable(List.of("key", "value", "source"));
            for (Map.Entry<String, Object> setting : entry.settings().entrySet()) {
                table.row(List.of(code(setting.getKey()), String.valueOf(setting.getValue()), entry.source()));
            }
            lines.addAll(table.lines());
            if (!entry.deviations().isEmpty()) {
                lines.add("");
                MarkdownTable deviations = new MarkdownTable(List.of("deviates", "official", "here", "why"));
                for (Deviation deviation : entry.deviations()) {
                    deviations.row(List.of(
                            deviation.key(),
                            String.valueOf(deviation.official()),
                            deviation.here() == null ? "" : String.valueOf(deviation.here()),
                            deviation.why()));
                }
                lines.addAll(deviations.lines());
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String code(String name) {
        return "`" + name + "`";
    }
}
