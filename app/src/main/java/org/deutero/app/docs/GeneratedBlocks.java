package org.deutero.app.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deutero.experiment.base.UserException;

/**
 * The parts of a document that are made by the program, each between {@code <!-- generated: NAME ARGUMENTS -->} and {@code <!-- end -->}; everything
 * else is written by hand.
 */
final class GeneratedBlocks {
    private static final Pattern BLOCK = Pattern.compile(
            "<!-- generated: (?<what>[^>]*?) -->\n(?<now>(?:(?!<!-- generated:).)*?)<!-- end -->", Pattern.DOTALL);
    private static final Pattern START = Pattern.compile("<!-- generated:");

    /** Makes the lines of a block. */
    @FunctionalInterface
    interface Maker {
        /**
         * The lines.
         *
         * @param arguments words after the block's name
         * @param now the lines that stand there
         */
        List<String> lines(List<String> arguments, List<String> now);
    }

    private final Map<String, Maker> makers;

    GeneratedBlocks(Map<String, Maker> makers) {
        this.makers = Map.copyOf(makers);
    }

    /** The document with its blocks made anew; {@code name} is for messages. */
    String renew(String name, String document) {
        long starts = START.matcher(document).results().count();
        long blocks = BLOCK.matcher(document).results().count();
        if (starts != blocks) {
            throw UserException.usage(name + " has " + starts + " generated blocks, of which " + blocks
                    + " end; expected \"<!-- end -->\" after each");
        }
        return BLOCK.matcher(document).replaceAll(block -> {
            String what = block.group(1);
            List<String> words = Arrays.asList(what.split(" ", -1));
            Maker maker = makers.get(words.get(0));
            if (maker == null) {
                throw UserException.usage(name + " asks for a block \"" + words.get(0) + "\"; expected one of "
                        + makers.keySet().stream().sorted().toList());
            }
            List<String> lines = maker.lines(
                    words.subList(1, words.size()),
                    block.group(2).strip().lines().toList());
            return Matcher.quoteReplacement(
                    "<!-- generated: " + what + " -->\n\n" + String.join("\n", lines) + "\n\n<!-- end -->");
        });
    }
}
