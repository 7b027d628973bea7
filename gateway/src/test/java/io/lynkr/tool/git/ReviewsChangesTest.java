package io.lynkr.tool.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.lynkr.json.JsonObject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ReviewsChangesTest {
    private static final String REVIEW =
            "{\"summary\":\"Fine {mostly}.\",\"checklist\":[\"Docs\"],\"comments\":"
                + "[{\"file\":\"a.txt\",\"line\":1,\"severity\":\"high\",\"comment\":\"No!\"}]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "```json\n%s\n```",
                "I looked {hard}.\n```\n%s\n```\nBye",
                "  %s trailing"
            })
    void readsAReviewHoweverTheModelWrapsIt(String wrapped) {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", "new\n");
            git.done("workspace_git_stage", "{}");
            git.answer = _ -> wrapped.formatted(REVIEW);

            var review = git.done("workspace_diff_review", "{}");

            assertThat(review.string("summary")).contains("Fine {mostly}.");
            var comment = review.objects("comments").getFirst();
            assertThat(comment.string("comment")).contains("No!");
            assertThat(comment.isTrue("on_changed_line")).isTrue();
        }
    }

    @Test
    void keepsWhatIsNoJsonAndSaysSo() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "new\n");
            git.answer = _ -> "Looks good to me";

            var review = git.done("workspace_diff_review", "{}");

            assertThat(review.string("summary")).contains("Looks good to me");
            assertThat(GitTrial.texts(review, "notes").getFirst()).contains("README.md", "no JSON");
        }
    }

    @Test
    void reviewsALargeDiffInPartsAndCutsNothing() {
        try (var git = GitTrial.with()) {
            var asked = new ArrayList<String>();
            git.answer =
                    question -> {
                        asked.add(question.prompt());
                        return "{\"summary\":\"part\",\"checklist\":[\"same\"]}";
                    };
            for (int file = 0; file < 3; file++) {
                git.files().write("f" + file + ".txt", lines(2_000, file + " line "));
            }
            git.done("workspace_git_stage", "{}");

            var review = git.done("workspace_diff_review", "{\"model\":\"x\"}");

            assertThat(review.integer("parts")).hasValue(asked.size());
            assertThat(asked).hasSizeGreaterThan(1);
            var all = String.join("", asked);
            for (int file = 0; file < 3; file++) {
                assertThat(all).contains("+" + file + " line 0\n", "+" + file + " line 1999\n");
            }
            assertThat(GitTrial.texts(review, "checklist")).containsExactly("same");
        }
    }

    @Test
    void showsTheModelNoFilesThatToolsMayNotRead() {
        try (var git = GitTrial.with()) {
            var asked = new ArrayList<String>();
            git.answer =
                    question -> {
                        asked.add(question.prompt());
                        return "{}";
                    };
            git.files().write(".env", "KEY=topsecret\n");
            git.files().write("a.txt", "open\n");
            git.files().git("add", "--all", "--force");

            var review = git.done("workspace_diff_review", "{}");

            assertThat(asked)
                    .singleElement()
                    .asString()
                    .contains("open")
                    .doesNotContain("topsecret");
            assertThat(GitTrial.texts(review, "withheld")).containsExactly(".env");
        }
    }

    @Test
    void tellsTheRiskOfEachFileWithItsReasons() {
        try (var git = GitTrial.with()) {
            git.files().write("Core.java", lines(200, "old "));
            git.files().write("Safe.java", "a\n");
            git.files().git("add", "--all");
            git.files().git("commit", "-q", "-m", "base");
            for (int i = 0; i < 12; i++) {
                git.files().write("Core.java", lines(200, "old " + i));
                git.files().git("commit", "-q", "-a", "-m", "c" + i, "--author=A" + i + " <a@b.c>");
            }
            git.files().write("Core.java", lines(300, "new "));
            git.files().write("Safe.java", "b\n");
            git.files().write("SafeTest.java", "t\n");
            git.done("workspace_git_stage", "{}");
            git.uses.put("Core.java", OptionalInt.of(60));
            var missed = new HashMap<Integer, Boolean>();
            IntStream.rangeClosed(1, 300).forEach(line -> missed.put(line, line > 250));
            git.coverage = Map.of("Core.java", missed, "Safe.java", Map.of(1, true));

            var summary = git.done("workspace_diff_summary", "{}");

            var files = summary.objects("perFile");
            assertThat(files.getFirst().string("file")).contains("Core.java");
            assertThat(files.getFirst().string("risk")).contains("high");
            assertThat(GitTrial.texts(files.getFirst(), "reasons"))
                    .contains(
                            "changed in 13 commits within half a year",
                            "250 of 300 changed lines are not covered by tests",
                            "used in 60 other places");
            assertThat(risk(summary, "Safe.java")).isEqualTo("low []");
            assertThat(GitTrial.texts(summary, "tests")).containsExactly("SafeTest.java");
        }
    }

    private static String risk(JsonObject summary, String file) {
        return summary.objects("perFile").stream()
                .filter(it -> it.string("file").orElse("").equals(file))
                .map(it -> it.string("risk").orElse("") + " " + GitTrial.texts(it, "reasons"))
                .findFirst()
                .orElse("");
    }

    @Test
    void commentsFollowTheirLine() {
        try (var git = GitTrial.with()) {
            git.files().write("a.txt", lines(20, "line "));
            git.files().git("add", "--all");
            git.files().git("commit", "-q", "-m", "base");
            var added =
                    git.done(
                            "workspace_diff_comments",
                            "{\"action\":\"add\",\"file\":\"a.txt\",\"line\":11,\"comment\":\"why?\"}");
            git.done(
                    git.call(
                            "workspace_diff_comments",
                            JsonObject.of("action", "add")
                                    .with("thread", added.string("threadId").orElse(""))
                                    .with("comment", "because")));
            assertThat(place(git)).isEqualTo("a.txt:11 same");

            git.files().write("a.txt", "one\ntwo\n" + lines(20, "line "));
            assertThat(place(git)).isEqualTo("a.txt:13 moved");

            git.files().git("mv", "a.txt", "b.txt");
            assertThat(place(git)).isEqualTo("b.txt:13 moved");

            git.files()
                    .write(
                            "b.txt",
                            ("one\ntwo\n" + lines(20, "line ")).replace("line 10\n", "10!\n"));
            assertThat(place(git)).isEqualTo("b.txt:13 edited");

            git.files().write("b.txt", "nothing of it\n");
            assertThat(place(git)).isEqualTo("a.txt:11 outdated");
            assertThat(thread(git).objects("comments"))
                    .extracting(it -> it.string("comment").orElse(""))
                    .containsExactly("why?", "because");
        }
    }

    private static String place(GitTrial git) {
        var thread = thread(git);
        return "%s:%d %s"
                .formatted(
                        thread.string("filePath").orElse(""),
                        thread.integer("line").orElse(0),
                        thread.string("state").orElse(""));
    }

    private static JsonObject thread(GitTrial git) {
        return git.done("workspace_diff_comments", "{}").objects("threads").getFirst();
    }

    @Test
    void deletesCommentsAndRefusesWhatMakesNoSense() {
        try (var git = GitTrial.with()) {
            var added =
                    git.done(
                            "workspace_diff_comments",
                            "{\"action\":\"add\",\"file\":\"README.md\",\"comment\":\"x\"}");
            long id = added.integer("id").orElseThrow();

            git.done("workspace_diff_comments", "{\"action\":\"delete\",\"id\":" + id + "}");

            for (var call :
                    List.of(
                            "{\"action\":\"delete\",\"id\":" + id + "}",
                            "{\"action\":\"add\",\"comment\":\"x\"}",
                            "{\"action\":\"add\",\"file\":\"README.md\",\"comment\":\" \"}",
                            "{\"action\":\"add\",\"file\":\"README.md\",\"line\":999,\"comment\":\"x\"}",
                            "{\"action\":\"add\",\"file\":\"none\",\"comment\":\"x\"}",
                            "{\"action\":\"add\",\"thread\":\"none\",\"comment\":\"x\"}",
                            "{\"action\":\"add\",\"file\":\"../x\",\"comment\":\"x\"}")) {
                git.failed("workspace_diff_comments", call);
            }
        }
    }

    @Test
    void plansStepsForChanges() {
        try (var git = GitTrial.with()) {
            git.files().write("README.md", "new\n");
            git.answer =
                    question ->
                            question.prompt().contains("+new")
                                    ? "```json\n"
                                          + "{\"steps\":[{\"file\":\"README.md\",\"summary\":\"s\",\"intent\":\"i\",\"risk\":\"low\"}],\"tests\":[\"t\"]}\n"
                                          + "```"
                                    : "?";

            var plan = git.done("workspace_git_patch_plan", "{\"files\":[\"README.md\"]}");

            assertThat(plan.objects("steps").getFirst().string("intent")).contains("i");
            assertThat(GitTrial.texts(plan, "tests")).containsExactly("t");
        }
    }

    private static String lines(int count, String text) {
        return IntStream.range(0, count)
                .mapToObj(i -> text + i + "\n")
                .collect(Collectors.joining());
    }
}
