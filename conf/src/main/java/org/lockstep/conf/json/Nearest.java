package org.lockstep.conf.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The known name that a mistyped one most likely means. */
final class Nearest {

    private Nearest() {}

    /** {@code " Did you mean `x`?"}, or all names where none is near. */
    static String suggestion(String wrong, Collection<String> known) {
        String best = find(wrong, known);
        if (best != null) {
            return " Did you mean `" + best + "`?";
        }
        return known.isEmpty() ? "" : " Known are: " + String.join(", ", known) + ".";
    }

    /** The nearest known name, null where none is near. */
    static @Nullable String find(String wrong, Collection<String> known) {
        String best = known.stream()
                .min(Comparator.comparingInt(name -> distance(wrong, name)))
                .orElse(null);
        return best != null && distance(wrong, best) <= Math.max(1, best.length() / 3) ? best : null;
    }

    /** Insertions, deletions, replacements and swaps of neighbours between two names; case, {@code _}, {@code -} are free. */
    static int distance(String left, String right) {
        String a = simple(left);
        String b = simple(right);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 ? j : j == 0 ? i : step(a, b, i, j, cost);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] cost) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, 1 + cost[i - 2][j - 2]) : best;
    }

    private static String simple(String name) {
        String text = name.length() > 64 ? name.substring(0, 64) : name;
        return text.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
