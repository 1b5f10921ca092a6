package org.deutero.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean ...?": the known name that is closest to a mistyped one. */
public final class Suggestions {
    private Suggestions() {}

    /**
     * The candidate nearest to {@code typed}, if any is near enough to be what was meant: at most a third of its
     * letters differ, or one contains the other.
     */
    public static Optional<String> closest(String typed, Collection<String> candidates) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(name -> isNear(wanted, name.toLowerCase(Locale.ROOT)))
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The suggestion as the end of a sentence, {@code "; did you mean \"x\"?"}, or the empty string. */
    public static String phrase(String typed, Collection<String> candidates) {
        return closest(typed, candidates)
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("");
    }

    private static boolean isNear(String a, String b) {
        int longer = Math.max(a.length(), b.length());
        boolean contained = Math.min(a.length(), b.length()) >= 4 && (a.contains(b) || b.contains(a));
        return contained || distance(a, b) <= Math.max(1, longer / 3);
    }

    /** Edit distance in which a swap of neighbouring letters counts once (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
