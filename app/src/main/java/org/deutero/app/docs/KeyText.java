package org.deutero.app.docs;

import java.math.BigDecimal;
import java.util.List;
import org.deutero.options.OptionKey;

/** Recipe keys in words of Markdown. */
final class KeyText {
    private static final String CHOICES = " \\| ";

    private KeyText() {}

    /** A table of keys, each with its whole path or without a prefix of it. */
    static List<String> table(List<OptionKey> keys, String prefix) {
        MarkdownTable table = new MarkdownTable(List.of("key", "default", "values", "what"));
        for (OptionKey key : keys) {
            String path = key.path().startsWith(prefix) ? key.path().substring(prefix.length()) : key.path();
            table.row(List.of("`" + path + "`", value(key), type(key), escape(key.description())));
        }
        return table.lines();
    }

    /** Keys in one cell, each with its choices and its default. */
    static String brief(List<OptionKey> keys, String prefix) {
        return String.join("; ", keys.stream().map(key -> brief(key, prefix)).toList());
    }

    private static String brief(OptionKey key, String prefix) {
        String name = "`" + key.path().substring(prefix.length()) + "`";
        boolean choice = key.type().contains(" | ") && !key.type().equals("true | false");
        String value = value(key);
        if (choice) {
            name += ": " + type(key);
        }
        return name + (value.isEmpty() || value.equals(RecipeKeys.DEPENDS) ? "" : " (" + value + ")");
    }

    /** Numbers as one writes them in a recipe: 1 and 0.0001 rather than 1.0 and 1.0E-4. */
    private static String value(OptionKey key) {
        String value = key.defaultValue();
        boolean number = key.type().startsWith("number") && !value.isEmpty() && !value.equals(RecipeKeys.DEPENDS);
        return number ? plain(value) : escape(value);
    }

    private static String plain(String number) {
        BigDecimal value = new BigDecimal(number).stripTrailingZeros();
        return value.precision() - value.scale() < -5 ? value.toString() : value.toPlainString();
    }

    private static String type(OptionKey key) {
        return String.join(", ", key.type().split(CHOICES, -1));
    }

    private static String escape(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
