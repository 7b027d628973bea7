package io.lynkr.tool.code;

import io.lynkr.index.RepoMap;

import java.util.List;

/** Writes a map as long as its budget lasts: first the names of files, then what they define. */
final class MapText {
    private static final double CHARACTERS_PER_TOKEN = 3.5;

    private MapText() {}

    static String of(List<RepoMap.Entry> entries, int tokens) {
        int budget = (int) (tokens * CHARACTERS_PER_TOKEN);
        int shown = 0;
        int used = 0;
        // Names of many files tell more than all lines of a few.
        while (shown < entries.size()
                && used + entries.get(shown).path().length() + 1 < budget / 2) {
            used += entries.get(shown).path().length() + 1;
            shown++;
        }
        var lines = new int[shown];
        boolean fits = true;
        for (int round = 0; round < 6 && fits; round++) {
            for (int i = 0; i < shown; i++) {
                if (round < entries.get(i).places().size()) {
                    int cost = line(entries.get(i), round).length() + 1;
                    if (used + cost > budget) {
                        fits = false;
                        break;
                    }
                    used += cost;
                    lines[i]++;
                }
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            text.append(entries.get(i).path()).append('\n');
            for (int j = 0; j < lines[i]; j++) {
                text.append(line(entries.get(i), j)).append('\n');
            }
        }
        return text.isEmpty() ? "no code in the workspace" : text.toString().stripTrailing();
    }

    private static String line(RepoMap.Entry entry, int number) {
        var text = entry.places().get(number).text();
        return "  " + (text.length() > 100 ? text.substring(0, 100) + "…" : text);
    }
}
