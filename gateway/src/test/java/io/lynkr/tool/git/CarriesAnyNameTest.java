package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonArray;
import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Random file names through status, stage and commit, held against what git itself says. */
@Timeout(120)
class CarriesAnyNameTest {
    private static final int FILES = 30;

    private static final List<String> PIECES =
            List.of(
                    "a", "B", "7", " ", "  ", "\n", "\t", "\r", "\"", "'", "\\", "\\n", "$", "`",
                    "*", "?", "[x]", "{y}", "!", "#", "~", ":", ";", "&", "|", "<", ">", "(", ")",
                    "%00", "-", "--", "-rf", "=", ",", ".", "..", "@{u}", ":(glob)", "é", "e\u0301",
                    "ß", "漢字", "😀", "\u202e", "\u007f", "\u0001", " -> ", "(cut)");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tellsStagesAndCommitsExactlyWhatGitSees(long seed) {
        var random = new Random(seed);
        try (var git = GitTrial.with()) {
            var names = names(random);
            names.forEach(name -> git.files().write(name, "1\n"));
            assertThat(texts(git, "untracked")).isEqualTo(git(git, "? ")).isEqualTo(names);

            var some = some(names, random);
            stage(git, some);
            assertThat(files(git, "staged")).isEqualTo(git(git, "1 A. ")).isEqualTo(some);

            git.done("workspace_git_commit", "{\"message\":\"Some\"}");
            assertThat(committed(git))
                    .containsAll(some)
                    .doesNotContainAnyElementsOf(rest(names, some));

            var changed = some(some, random);
            changed.forEach(name -> git.files().write(name, "2\n"));
            assertThat(files(git, "unstaged")).isEqualTo(git(git, "1 .M ")).isEqualTo(changed);

            git.done("workspace_git_stage", "{\"all\":true}");
            git.done("workspace_git_commit", "{\"message\":\"All\"}");
            assertThat(committed(git)).containsAll(names);
            assertThat(git.done("workspace_git_status", "{}").isTrue("clean")).isTrue();
        }
    }

    private static Set<String> names(Random random) {
        var names = new TreeSet<String>();
        while (names.size() < FILES) {
            var name = name(random);
            // A name that ends in another one's folder would be a file and a folder at once.
            if (names.stream()
                    .noneMatch(it -> it.startsWith(name + "/") || name.startsWith(it + "/"))) {
                names.add(name);
            }
        }
        return names;
    }

    private static String name(Random random) {
        var folder = random.nextInt(4) == 0 ? part(random) + "/" : "";
        return folder + part(random);
    }

    private static String part(Random random) {
        while (true) {
            var part =
                    random.ints(1 + random.nextInt(5), 0, PIECES.size())
                            .mapToObj(PIECES::get)
                            .collect(Collectors.joining());
            if (!part.matches("\\.{1,2}") && !part.equalsIgnoreCase(".git")) {
                return part;
            }
        }
    }

    private static Set<String> some(Collection<String> names, Random random) {
        var some = new TreeSet<String>();
        names.stream().filter(_ -> random.nextBoolean()).forEach(some::add);
        some.add(names.iterator().next());
        return some;
    }

    private static List<String> rest(Set<String> names, Set<String> some) {
        var rest = new ArrayList<>(names);
        rest.removeAll(some);
        return rest;
    }

    private static void stage(GitTrial git, Set<String> names) {
        git.done(
                git.call(
                        "workspace_git_stage", JsonObject.of("paths", JsonArray.ofStrings(names))));
    }

    private static Set<String> texts(GitTrial git, String list) {
        return new TreeSet<>(GitTrial.texts(git.done("workspace_git_status", "{}"), list));
    }

    private static Set<String> files(GitTrial git, String list) {
        return new TreeSet<>(GitTrial.names(git.done("workspace_git_status", "{}"), list));
    }

    /** The names in those lines of git's own status that begin so. */
    private static Set<String> git(GitTrial git, String start) {
        int words = start.startsWith("?") ? 2 : 9;
        return Stream.of(
                        git.files()
                                .git("status", "--porcelain=v2", "-z", "--untracked-files=all")
                                .split("\0", -1))
                .filter(line -> line.startsWith(start))
                .map(line -> line.split(" ", words)[words - 1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> committed(GitTrial git) {
        return Set.of(
                git.files().git("ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0", -1));
    }
}
