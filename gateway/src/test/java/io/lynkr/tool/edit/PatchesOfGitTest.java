package io.lynkr.tool.edit;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lynkr.workspace.TextFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What git says has changed, a patch changes: random files, edited at random. */
class PatchesOfGitTest {
    private static final int FILES = 150;
    private static final List<String> WORDS =
            List.of("", " ", "}", "a", "b", "--- x", "+++ y", "-- ", "@@ -1 +1 @@", "\\ x", "ä\t");

    @TempDir private Path folder;

    @Test
    void appliesWhatGitFinds() throws IOException, PatchException {
        for (int seed = 0; seed < FILES; seed++) {
            var random = new Random(seed);
            var before = text(random, lines(random, random.nextInt(60)));
            var after = edited(random, before);
            if (!before.equals(after)) {
                var patch = diff(before, after, random.nextInt(1, 5));

                var file = TextFile.decode(before.getBytes(UTF_8)).orElseThrow();
                var result = PatchedText.of(file, Patch.parse(patch));

                assertThat(file.leavingLineEnds().encode(result))
                        .as("seed %d, patch:%n%s", seed, patch)
                        .asString(UTF_8)
                        .isEqualTo(after);
            }
        }
    }

    private static List<String> lines(Random random, int count) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            lines.add(line(random));
        }
        return lines;
    }

    private static String line(Random random) {
        var word = WORDS.get(random.nextInt(WORDS.size()));
        return random.nextInt(3) == 0 ? word : word + random.nextInt(100);
    }

    /** With one of three styles of line ends, and with or without the last one. */
    private static String text(Random random, List<String> lines) {
        int style = random.nextInt(3);
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean last = i == lines.size() - 1;
            boolean windows = style == 1 || (style == 2 && random.nextBoolean());
            text.append(lines.get(i));
            if (!last || random.nextInt(4) > 0) {
                text.append(windows ? "\r\n" : "\n");
            }
        }
        return text.toString();
    }

    private static String edited(Random random, String before) {
        var lines = new ArrayList<>(List.of(before.split("(?<=\n)", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        var end = before.contains("\r\n") ? "\r\n" : "\n";
        for (int edits = random.nextInt(1, 8); edits > 0; edits--) {
            int at = random.nextInt(lines.size() + 1);
            if (at < lines.size() && random.nextBoolean()) {
                lines.remove(at);
            }
            if (random.nextInt(3) > 0) {
                lines.add(at, line(random) + end);
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            boolean endless = i < lines.size() - 1 && !lines.get(i).endsWith("\n");
            text.append(lines.get(i)).append(endless ? end : "");
        }
        return text.toString();
    }

    private String diff(String before, String after, int context) throws IOException {
        var old = Files.writeString(folder.resolve("old"), before);
        var changed = Files.writeString(folder.resolve("new"), after);
        var git =
                new ProcessBuilder(
                                "git",
                                "diff",
                                "--no-index",
                                "--no-color",
                                "--text",
                                "--unified=" + context,
                                old.toString(),
                                changed.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var patch = git.getInputStream()) {
            return new String(patch.readAllBytes(), UTF_8);
        }
    }
}
